namespace SparseHybrid.Data;

/// <summary>
/// Batches of images held in main memory, normalised and augmented as they are read. What a batch holds depends on the
/// seed, the epoch and its number alone.
/// </summary>
/// <remarks>Borrows the images: dispose them after the batches are no longer used. Batches may be read on any one thread at a time.</remarks>
public sealed class ImageBatches : IBatchSource
{
    private readonly LabelledImages images;
    private readonly int batchSize;
    private readonly long? seed;
    private readonly Augmentation augmentation;
    private readonly bool dropsLast;

    private ImageBatches(LabelledImages images, int batchSize, long? seed, Augmentation augmentation, bool dropsLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        augmentation.Validate();
        if (!augmentation.IsNone && images.InputShape.Length != 3)
        {
            throw new ArgumentException("Flat features cannot be cropped, mirrored or erased: augmentation is for images [C, H, W].", nameof(augmentation));
        }

        if (dropsLast && images.Count < batchSize)
        {
            throw new ArgumentException($"There are {images.Count} images, which do not fill one batch of {batchSize}; without the last batch none is left.", nameof(batchSize));
        }

        this.images = images;
        this.batchSize = batchSize;
        this.seed = seed;
        this.augmentation = augmentation;
        this.dropsLast = dropsLast;
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch => checked((int)(dropsLast ? images.Count / batchSize : (images.Count + batchSize - 1) / batchSize));

    /// <summary>Whether anything happens to the images.</summary>
    internal bool IsAugmented => !augmentation.IsNone;

    /// <summary>Batches in a new random order every epoch; see <see cref="ShuffledOrder"/>.</summary>
    /// <param name="images">Borrowed.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <param name="seed">Seed of the order and of the augmentation.</param>
    /// <param name="augmentation">What happens to the images; null: nothing.</param>
    /// <param name="dropsLast">Whether a last batch that is not full is left out; if not, it is smaller.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or does not fit the images.</exception>
    public static ImageBatches Shuffled(
        LabelledImages images, int batchSize, long seed, Augmentation? augmentation = null, bool dropsLast = false) =>
        new(images, batchSize, seed, augmentation ?? Augmentation.None, dropsLast);

    /// <summary>Batches in the order of the images, as they are, for measuring. The last one may be smaller.</summary>
    /// <param name="images">Borrowed.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    public static ImageBatches InOrder(LabelledImages images, int batchSize) => new(images, batchSize, seed: null, Augmentation.None, dropsLast: false);

    /// <inheritdoc/>
    public IEpochBatches OpenEpoch(int epoch) => seed is { } value ? new ShuffledEpoch(this, new EpochSeed(value, epoch)) : new OrderedEpoch(this);

    /// <summary>Consecutive numbers.</summary>
    internal static long[] Numbers(long start, long count)
    {
        var numbers = new long[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = start + i;
        }

        return numbers;
    }

    private (long Start, int Length) Range(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BatchesPerEpoch);
        var start = (long)index * batchSize;
        return (start, (int)Math.Min(batchSize, images.Count - start));
    }

    private sealed class OrderedEpoch(ImageBatches batches) : IEpochBatches
    {
        public Batch Read(int index)
        {
            var (start, length) = batches.Range(index);
            return new Batch(batches.images.Inputs(start, length), batches.images.Labels.narrow(0, start, length));
        }

        public void Dispose() { }
    }

    private sealed class ShuffledEpoch(ImageBatches batches, EpochSeed seed) : IEpochBatches
    {
        private readonly long[] order = ShuffledOrder.ForEpoch(seed.Seed, seed.Epoch, checked((int)batches.images.Count));

        public Batch Read(int index)
        {
            var (start, length) = batches.Range(index);
            var numbers = order.AsSpan((int)start, length);
            return new Batch(
                BatchAssembly.Inputs(batches.images, numbers, batches.augmentation, seed), BatchAssembly.Labels(batches.images, numbers));
        }

        public void Dispose() { }
    }
}
