using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Session;

/// <summary>How ONNX Runtime runs a model.</summary>
/// <param name="Provider">Where it computes.</param>
/// <param name="Threads">Threads that share the work of one operator, at least 1.</param>
/// <param name="SampleShape">Sizes of one sample, for the dimensions that a model leaves open; null: every model fixes its own.</param>
internal sealed record SessionSettings(
    ExecutionProvider Provider = ExecutionProvider.Cpu, int Threads = 1, IReadOnlyList<long>? SampleShape = null)
{
    private const string CudaProvider = "CUDAExecutionProvider";

    /// <summary>New session options; the caller disposes them.</summary>
    /// <exception cref="ProviderException">ONNX Runtime is not here, does not have the provider, or the provider does not start.</exception>
    public SessionOptions ToSessionOptions()
    {
        CheckLibrary();
        var options = new SessionOptions();
        try
        {
            options.IntraOpNumThreads = Threads;
            options.InterOpNumThreads = 1;
            options.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
            // Otherwise the threads of one session go on spinning after a run and slow down the next session's.
            options.AddSessionConfigEntry("session.force_spinning_stop", "1");
            SparseKernels.Register(options); // for models that have such layers; the others do not notice
            if (Provider == ExecutionProvider.Cuda)
            {
                AppendCuda(options);
            }

            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private static void CheckLibrary()
    {
        try
        {
            OrtEnv.Instance();
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new ProviderException(
                "ONNX Runtime cannot be loaded.", error.GetBaseException().Message, "Run ./sparse doctor: it says what is missing.", error);
        }
    }

    private static void AppendCuda(SessionOptions options)
    {
        const string what = "Cannot run on the execution provider 'cuda'.";
        const string fix = "Build with -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu on a machine with CUDA, or choose 'cpu'.";
        var available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(CudaProvider))
        {
            throw new ProviderException(what, $"This ONNX Runtime has {string.Join(", ", available)} only.", fix);
        }

        try
        {
            options.AppendExecutionProvider_CUDA(0);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ProviderException(what, exception.Message, fix, exception);
        }
    }
}
