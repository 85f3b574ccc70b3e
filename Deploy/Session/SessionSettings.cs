using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Session;

/// <summary>How ONNX Runtime runs a model.</summary>
/// <param name="Provider">Where it computes.</param>
/// <param name="Threads">Threads that share the work of one operator, at least 1.</param>
internal sealed record SessionSettings(ExecutionProvider Provider = ExecutionProvider.Cpu, int Threads = 1)
{
    private const string CudaProvider = "CUDAExecutionProvider";

    /// <summary>New session options; the caller disposes them.</summary>
    /// <exception cref="BenchmarkException">The provider is not part of this ONNX Runtime, or does not start.</exception>
    public SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Otherwise the threads of one session go on spinning after a run and slow down the next session's.
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        if (Provider == ExecutionProvider.Cuda)
        {
            AppendCuda(options);
        }

        return options;
    }

    private static void AppendCuda(SessionOptions options)
    {
        const string what = "Cannot run on the execution provider 'cuda'.";
        const string fix = "Build with -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu on a machine with CUDA, or choose 'cpu'.";
        var available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(CudaProvider))
        {
            throw new BenchmarkException(what, $"This ONNX Runtime has {string.Join(", ", available)} only.", fix);
        }

        try
        {
            options.AppendExecutionProvider_CUDA(0);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new BenchmarkException(what, exception.Message, fix, exception);
        }
    }
}
