using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>Batches of images held in memory, on the device that holds the images. The last batch of an epoch may be smaller.</summary>
/// <remarks>Borrows the images: dispose them after the batches are no longer used.</remarks>
public sealed class ImageBatches : IBatchSource
{
    private readonly LabelledImages images;
    private readonly int batchSize;
    private readonly long? seed;

    private ImageBatches(LabelledImages images, int batchSize, long? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.images = images;
        this.batchSize = batchSize;
        this.seed = seed;
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch => (int)((images.Count + batchSize - 1) / batchSize);

    /// <summary>Batches in a new random order every epoch; see <see cref="ShuffledOrder"/>.</summary>
    public static ImageBatches Shuffled(LabelledImages images, int batchSize, long seed) => new(images, batchSize, seed);

    /// <summary>Batches in the order of the images, for measuring.</summary>
    public static ImageBatches InOrder(LabelledImages images, int batchSize) => new(images, batchSize, seed: null);

    /// <inheritdoc/>
    public IEpochBatches OpenEpoch(int epoch) => seed is { } value ? new ShuffledEpoch(this, value, epoch) : new OrderedEpoch(this);

    private (long Start, long Length) Range(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BatchesPerEpoch);
        var start = (long)index * batchSize;
        return (start, Math.Min(batchSize, images.Count - start));
    }

    private sealed class OrderedEpoch(ImageBatches batches) : IEpochBatches
    {
        public Batch Read(int index)
        {
            var (start, length) = batches.Range(index);
            return new Batch(batches.images.Images.narrow(0, start, length), batches.images.Labels.narrow(0, start, length));
        }

        public void Dispose() { }
    }

    private sealed class ShuffledEpoch : IEpochBatches
    {
        private readonly ImageBatches batches;
        private readonly torch.Tensor order;

        public ShuffledEpoch(ImageBatches batches, long seed, int epoch)
        {
            this.batches = batches;
            var shuffled = ShuffledOrder.ForEpoch(seed, epoch, checked((int)batches.images.Count));
            order = torch.tensor(shuffled, device: batches.images.Images.device).DetachFromDisposeScope();
        }

        public Batch Read(int index)
        {
            var (start, length) = batches.Range(index);
            using var chosen = order.narrow(0, start, length);
            return new Batch(batches.images.Images.index_select(0, chosen), batches.images.Labels.index_select(0, chosen));
        }

        public void Dispose() => order.Dispose();
    }
}
