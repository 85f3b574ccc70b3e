namespace SparseHybrid.Deploy.Verify;

/// <summary>Which samples go through a model together.</summary>
/// <param name="Batches">Batch sizes, each at least 1.</param>
/// <param name="Samples">How many samples; null: all that there are, at most <see cref="MostByDefault"/>.</param>
internal sealed record VerificationPlan(IReadOnlyList<int> Batches, int? Samples = null)
{
    public const int MostByDefault = 1000;

    /// <summary>One sample, a few, and as many as a server takes: a batch dimension that is not really open shows.</summary>
    public static readonly IReadOnlyList<int> DefaultBatches = [1, 3, 64];

    /// <summary>A plan out of what a caller says.</summary>
    /// <exception cref="ArgumentException">A number is below 1, or there is no batch size.</exception>
    public static VerificationPlan Create(IReadOnlyList<int>? batches, int? samples)
    {
        batches ??= DefaultBatches;
        return batches.Count > 0 && batches.All(batch => batch >= 1) && samples is null or >= 1
            ? new VerificationPlan(batches, samples)
            : throw new ArgumentException($"Batch sizes [{string.Join(", ", batches)}] and {samples} samples: there must be one batch size, and each number at least 1.");
    }

    /// <summary>How many samples are compared.</summary>
    /// <param name="available">How many there are; null: any number.</param>
    public long Count(long? available) => Math.Min(Samples ?? (available is null ? Batches.Sum(batch => (long)batch) : MostByDefault), available ?? long.MaxValue);

    /// <summary>The samples of each run: every batch size once, then the largest until all samples were used. The first follow the last.</summary>
    /// <param name="available">How many samples there are; null: any number.</param>
    /// <param name="fixedBatch">The only batch size that the model takes; null: it takes any.</param>
    public IEnumerable<long[]> Runs(long? available, long? fixedBatch)
    {
        var count = Count(available);
        var used = 0L;
        foreach (var size in fixedBatch is null ? Batches : [])
        {
            yield return Next(size);
        }

        while (used < count)
        {
            yield return Next(fixedBatch ?? Math.Min(Batches.Max(), count - used));
        }

        long[] Next(long size)
        {
            var first = used;
            used += size;
            var run = new long[size];
            for (var i = 0; i < size; i++)
            {
                run[i] = (first + i) % count;
            }

            return run;
        }
    }
}
