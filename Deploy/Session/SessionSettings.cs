using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Deploy.Session.Cuda;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Session;

/// <summary>How ONNX Runtime runs a model.</summary>
/// <param name="Provider">Where it computes.</param>
/// <param name="Threads">Threads that share the work of one operator, at least 1.</param>
/// <param name="SampleShape">Sizes of one sample, for the dimensions that a model leaves open; null: every model fixes its own.</param>
/// <param name="Processors">
/// The processor of each thread, the first being that of the caller, who sees to it (<see cref="PinnedThread"/>); at least as
/// many as threads. Null: the system chooses.
/// </param>
internal sealed record SessionSettings(
    ExecutionProvider Provider = ExecutionProvider.Cpu,
    int Threads = 1,
    IReadOnlyList<long>? SampleShape = null,
    IReadOnlyList<int>? Processors = null)
{
    /// <summary>New session options; the caller disposes them.</summary>
    /// <exception cref="ProviderException">ONNX Runtime is not here, does not have the provider, or the provider does not start.</exception>
    public SessionOptions ToSessionOptions()
    {
        OnnxRuntimeLibrary.Check();
        var options = new SessionOptions();
        try
        {
            options.IntraOpNumThreads = Threads;
            options.InterOpNumThreads = 1;
            options.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL; // errors come as exceptions, and are told once
            // Otherwise the threads of one session go on spinning after a run and slow down the next session's.
            options.AddSessionConfigEntry("session.force_spinning_stop", "1");
            SparseKernels.Register(options); // for models that have such layers; the others do not notice
            if (Processors is not null && Threads > 1)
            {
                options.AddSessionConfigEntry("session.intra_op_thread_affinities", Affinities(Processors.Take(Threads)));
            }

            if (Provider == ExecutionProvider.Cuda)
            {
                CudaProvider.AppendTo(options);
            }

            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    // ONNX Runtime counts processors from 1, and leaves the thread that calls it alone.
    private static string Affinities(IEnumerable<int> processors) =>
        string.Join(';', processors.Skip(1).Select(processor => (processor + 1).ToString(CultureInfo.InvariantCulture)));
}
