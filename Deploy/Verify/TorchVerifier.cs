using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Compares a model file in ONNX Runtime with the module it was exported from in libtorch.</summary>
public static class TorchVerifier
{
    /// <summary>Compares outputs sample by sample, the module in evaluation mode.</summary>
    /// <param name="module">The module; its training flags are as they were afterwards.</param>
    /// <param name="path">The model file.</param>
    /// <param name="samples">[N, ...] float32 (or int64 below 2^24) on any device, N at least 1. Neither changed nor disposed.</param>
    /// <param name="batch">Samples per run, at least 1.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ModelFileException">The file cannot be read or run.</exception>
    /// <exception cref="ExportException">The outputs differ in size.</exception>
    public static VerificationResult Compare(
        nn.Module<Tensor, Tensor> module, string path, Tensor samples, int batch = 64, CancellationToken cancellationToken = default)
    {
        if (samples.dtype is not (ScalarType.Float32 or ScalarType.Int64) || samples.dim() < 2)
        {
            var found = $"[{string.Join(", ", samples.shape)}] {samples.dtype}";
            throw new ArgumentException($"Samples must be [N, ...] float32 or int64; they are {found}.", nameof(samples));
        }

        var trainingFlags = module.modules().Prepend(module).Select(part => (part, part.training)).ToList();
        module.eval();
        try
        {
            return ModelVerifier.Compare(Forward, path, Floats(samples), (int)samples.shape[0], batch, cancellationToken);
        }
        finally
        {
            foreach (var (part, wasTraining) in trainingFlags) // a parent sets its children too, but comes before them
            {
                part.train(wasTraining);
            }
        }

        float[][] Forward(float[] values, int count)
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            var device = module.parameters().FirstOrDefault()?.device ?? CPU;
            var input = tensor(values, [count, .. samples.shape[1..]]).to(samples.dtype, device);
            return [Floats(module.call(input))];
        }
    }

    private static float[] Floats(Tensor tensor)
    {
        using var onProcessor = tensor.cpu();
        using var single = onProcessor.to_type(ScalarType.Float32);
        using var contiguous = single.contiguous();
        return MemoryMarshal.Cast<byte, float>(contiguous.bytes).ToArray();
    }
}
