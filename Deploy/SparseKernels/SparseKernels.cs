using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Kernels;

/// <summary>
/// Sparse layers for ONNX Runtime. A model whose layers were rewritten to sparse kernels needs one line before its session is made:
/// <code>
/// using var options = new SessionOptions();
/// SparseKernels.Register(options);
/// using var session = new InferenceSession("model.onnx", options);
/// </code>
/// The rest of the application stays as it is. Needed are this assembly and ONNX Runtime 1.17 or newer.
/// </summary>
/// <remarks>
/// The layers run on the processor with the session's own threads (<see cref="SessionOptions.IntraOpNumThreads"/>), on vectors of the
/// width it has: AVX-512, AVX2, Arm's AdvSimd. With another execution provider, CUDA say, they run on the processor too and ONNX Runtime
/// copies their inputs and outputs from and to the device: right, but rarely fast; prefer the dense form of the model there.
/// </remarks>
public static class SparseKernels
{
    /// <summary>The domain of the operators SparseGemm, SparseMatMul, SparseConv, SparseConvMaxPool and SparseConvAdd; models import its version 1.</summary>
    public const string Domain = "sparsehybrid";

    private static readonly ConditionalWeakTable<SessionOptions, object> Registered = [];

    /// <summary>Lets sessions made with these options run sparse layers. Doing so twice changes nothing.</summary>
    /// <param name="options">
    /// May be disposed before or after the sessions made with it. Set its number of threads first: layers cut their work for that many.
    /// </param>
    /// <exception cref="PlatformNotSupportedException">ONNX Runtime is older than 1.17.</exception>
    public static void Register(SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (Registered)
        {
            if (Registered.TryGetValue(options, out _))
            {
                return;
            }

            var added = false;
            options.DangerousAddRef(ref added);
            try
            {
                CustomOperators.AddTo(options.DangerousGetHandle(), options.IntraOpNumThreads > 0 ? options.IntraOpNumThreads : Environment.ProcessorCount);
            }
            catch (TypeInitializationException exception) when (exception.GetBaseException() is PlatformNotSupportedException found)
            {
                throw new PlatformNotSupportedException(found.Message, exception);
            }
            finally
            {
                options.DangerousRelease();
            }

            Registered.Add(options, Domain);
        }
    }
}
