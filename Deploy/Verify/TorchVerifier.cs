using System.Runtime.InteropServices;
using SparseHybrid.Data;
using SparseHybrid.Deploy.Export;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Compares a model file in ONNX Runtime with the module it was exported from in libtorch.</summary>
public static class TorchVerifier
{
    /// <summary>Compares outputs sample by sample, the module in evaluation mode.</summary>
    /// <param name="module">The module; its training flags are as they were afterwards.</param>
    /// <param name="path">The model file.</param>
    /// <param name="samples">[N, ...] float32 or int64 on any device, N at least 1. Neither changed nor disposed.</param>
    /// <param name="batches">Batch sizes, each at least 1; null: 1, 3 and 64.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ModelFileException">The file cannot be read or run.</exception>
    /// <exception cref="ExportException">The outputs differ in size.</exception>
    public static VerificationResult Compare(
        nn.Module<Tensor, Tensor> module, string path, Tensor samples, IReadOnlyList<int>? batches = null, CancellationToken cancellationToken = default)
    {
        var source = new TensorSamples(samples, "given samples");
        return Compare(module, path, source, VerificationPlan.Create(batches, (int)samples.shape[0]), cancellationToken);
    }

    /// <summary>As the other overload, for samples from anywhere; the module gets them normalised where the file does that itself.</summary>
    internal static VerificationResult Compare(
        nn.Module<Tensor, Tensor> module, string path, SampleSource samples, VerificationPlan plan, CancellationToken cancellationToken,
        Normalisation? normalisation = null)
    {
        var trainingFlags = module.modules().Prepend(module).Select(part => (part, part.training)).ToList();
        module.eval();
        try
        {
            return ModelVerifier.Compare(Forward, path, samples, plan, cancellationToken);
        }
        finally
        {
            foreach (var (part, wasTraining) in trainingFlags) // a parent sets its children too, but comes before them
            {
                part.train(wasTraining);
            }
        }

        IReadOnlyList<double[]> Forward(IReadOnlyList<InputTensor> inputs)
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            var device = module.parameters().FirstOrDefault()?.device ?? CPU;
            var input = inputs[0].Entries is long[] whole ? tensor(whole, inputs[0].Shape) : tensor(Normalised((float[])inputs[0].Entries, inputs[0].Shape), inputs[0].Shape);
            // The official TorchSharp leaves the numbers in the array's memory, and by where that lies MKL's last bits differ.
            var aligned = input.clone();
            var output = module.call(aligned.to(device)).cpu().to_type(ScalarType.Float32).contiguous();
            return [Array.ConvertAll(MemoryMarshal.Cast<byte, float>(output.bytes).ToArray(), value => (double)value)];
        }

        float[] Normalised(float[] entries, long[] shape) => normalisation is null ? entries : InputNormalisation.Of(entries, shape, normalisation);
    }
}
