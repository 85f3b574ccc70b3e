namespace SparseHybrid.Data;

/// <summary>Holds out a part of the training data, to judge by without looking at test data.</summary>
internal static class ValidationSplit
{
    // No epoch has this number: the split shares no permutation with the order of the data.
    private const int Epoch = int.MaxValue;

    /// <summary>Two disjoint parts, drawn at random by the seed alone. The caller owns both.</summary>
    /// <param name="images">Borrowed; the parts are copies.</param>
    /// <param name="share">Share to hold out, above 0 and below 1.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public static (LabelledImages Remaining, LabelledImages HeldOut) Of(LabelledImages images, double share, long seed)
    {
        var heldOut = (int)Math.Round(share * images.Count);
        if (heldOut < 1 || heldOut >= images.Count)
        {
            throw new ArgumentException($"A share of {share} of {images.Count} images holds out {heldOut}; both parts need at least one.", nameof(share));
        }

        var order = ShuffledOrder.ForEpoch(seed, Epoch, checked((int)images.Count));
        return (TrainingParts.Part(images, order[heldOut..]), TrainingParts.Part(images, order[..heldOut]));
    }
}
