namespace SparseHybrid.Data;

/// <summary>The order in which an epoch visits the training data: a pure function of seed and epoch.</summary>
/// <remarks>So a resumed run needs no stored order, and equals the uninterrupted one.</remarks>
public static class ShuffledOrder
{
    /// <summary>A random permutation of 0 .. count - 1 (Fisher and Yates, over <see cref="SplitMix64"/>).</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Epoch, counted from 0.</param>
    /// <param name="count">How many items there are, at least 1.</param>
    public static long[] ForEpoch(long seed, int epoch, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var order = new long[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        // Mixed twice, so that neither neighbouring seeds nor neighbouring epochs begin near each other.
        var random = new SplitMix64(SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + (ulong)epoch));
        for (var last = count - 1; last > 0; last--)
        {
            var chosen = (int)random.NextBelow((ulong)last + 1);
            (order[last], order[chosen]) = (order[chosen], order[last]);
        }

        return order;
    }
}
