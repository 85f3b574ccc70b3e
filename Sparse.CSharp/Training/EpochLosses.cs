using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>
/// The loss of every batch of the epoch under way, kept on the device so that the host need not wait for it. Owns a
/// tensor: dispose it.
/// </summary>
internal sealed class EpochLosses(int batches, torch.Device device) : IDisposable
{
    /// <summary>[batches] float32; entries of batches still to come are left from before.</summary>
    public torch.Tensor Values { get; } = torch.zeros(batches, dtype: torch.ScalarType.Float32, device: device).DetachFromDisposeScope();

    /// <summary>True where reading a single loss costs nothing: in main memory.</summary>
    public bool IsReadingFree { get; } = device.type == DeviceType.CPU;

    public void Record(int batch, torch.Tensor loss)
    {
        using var withoutGradient = torch.no_grad();
        using var entry = Values.narrow(0, batch, 1);
        entry.copy_(loss);
    }

    /// <summary>Mean loss of the first batches.</summary>
    public double Mean(int count) => Read(count).Average(loss => (double)loss);

    /// <summary>The first of these batches whose loss is not finite; null when all are.</summary>
    public int? FirstNonFinite(int count) => Array.FindIndex(Read(count), loss => !float.IsFinite(loss)) is >= 0 and var index ? index : null;

    /// <exception cref="ArgumentException">The losses are those of another number of batches.</exception>
    public void Restore(torch.Tensor saved)
    {
        if (!saved.shape.SequenceEqual(Values.shape))
        {
            throw new ArgumentException(
                $"It was written with {saved.numel()} batches an epoch; there are {Values.numel()}.", nameof(saved));
        }

        Values.copy_(saved);
    }

    public void Dispose() => Values.Dispose();

    private float[] Read(int count)
    {
        using var scope = torch.NewDisposeScope();
        return Values.narrow(0, 0, count).cpu().data<float>().ToArray();
    }
}
