using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Samples out of a tensor, which is the caller's.</summary>
internal sealed class TensorSamples : SampleSource
{
    private readonly Tensor samples;

    public TensorSamples(Tensor samples, string description, Tensor? labels = null)
    {
        if (samples.dtype is not (ScalarType.Float32 or ScalarType.Int64) || samples.dim() < 1 || samples.shape[0] < 1)
        {
            throw new ArgumentException(
                $"Samples must be [N, ...] float32 or int64, N at least 1; they are [{string.Join(", ", samples.shape)}] {samples.dtype}.", nameof(samples));
        }

        if (labels is not null && (labels.dtype != ScalarType.Int64 || !labels.shape.SequenceEqual([samples.shape[0]])))
        {
            throw new ArgumentException(
                $"Labels must be [{samples.shape[0]}] int64; they are [{string.Join(", ", labels.shape)}] {labels.dtype}.", nameof(labels));
        }

        this.samples = samples;
        Labels = labels is null ? null : Integers(labels);
        Description = description;
    }

    public override string Description { get; }

    internal override long? Count => samples.shape[0];

    internal override IReadOnlyList<long>? Labels { get; }

    internal override InputTensor Take(ModelInput input, int inputs, long[] rows)
    {
        if (inputs > 1)
        {
            throw new ModelFileException(
                input.ModelPath, $"Cannot feed '{input.ModelPath}' {Description}.", $"It has {inputs} inputs.", "Give samples for each (--input FILE.npz).");
        }

        var shape = input.Shape(rows.Length, samples.shape[1..]);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var chosen = samples.index_select(0, tensor(rows, device: samples.device)).cpu().contiguous();
        return new InputTensor(input.Name, shape, chosen.dtype == ScalarType.Int64
            ? InputTensor.Convert(input, MemoryMarshal.Cast<byte, long>(chosen.bytes).ToArray())
            : InputTensor.Convert(input, MemoryMarshal.Cast<byte, float>(chosen.bytes).ToArray()));
    }

    private static long[] Integers(Tensor numbers)
    {
        using var onProcessor = numbers.cpu();
        using var contiguous = onProcessor.contiguous();
        return MemoryMarshal.Cast<byte, long>(contiguous.bytes).ToArray();
    }
}
