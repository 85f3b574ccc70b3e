using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>What a run does with the training data: some to learn from, some held out. Disposes what it has made.</summary>
internal sealed class TrainingParts : IDisposable
{
    // No epoch has this number, nor does the split have it.
    private const int Epoch = int.MaxValue - 1;

    private readonly List<LabelledImages> owned = [];

    /// <param name="images">All training data, borrowed.</param>
    /// <param name="heldOutShare">Share to hold out, 0 or more and below 1.</param>
    /// <param name="count">How many of the rest to learn from, drawn by the seed; null: all.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="ArgumentException">A part would be empty, or there are fewer images than that.</exception>
    public TrainingParts(LabelledImages images, double heldOutShare, int? count, long seed)
    {
        ToLearn = images;
        if (heldOutShare > 0)
        {
            var (rest, heldOut) = ValidationSplit.Of(images, heldOutShare, seed);
            owned.AddRange([rest, heldOut]);
            (ToLearn, HeldOut) = (rest, heldOut);
        }

        if (count is { } wanted)
        {
            ToLearn = Choose(ToLearn, wanted, seed);
            owned.Add(ToLearn);
        }
    }

    /// <summary>To learn from.</summary>
    public LabelledImages ToLearn { get; }

    /// <summary>Held out; null: none.</summary>
    public LabelledImages? HeldOut { get; }

    public void Dispose() => owned.ForEach(part => part.Dispose());

    /// <summary>Images by their numbers, in the order of the files. The caller owns the copy.</summary>
    internal static LabelledImages Part(LabelledImages images, long[] numbers)
    {
        Array.Sort(numbers);
        using var chosen = torch.tensor(numbers);
        return new LabelledImages(images.Stored.index_select(0, chosen), images.Labels.index_select(0, chosen), images.Classes, images.Normalisation);
    }

    private static LabelledImages Choose(LabelledImages images, int count, long seed) => count <= images.Count
        ? Part(images, ShuffledOrder.ForEpoch(seed, Epoch, checked((int)images.Count))[..count])
        : throw new ArgumentException($"{count} images to train on were asked for; there are {images.Count}.", nameof(count));
}
