namespace SparseHybrid.Deploy.Verify;

/// <summary>Counts batch by batch on which samples two computations choose the same class, each sample once.</summary>
/// <param name="labels">The right class of each sample; null where not known.</param>
internal sealed class AgreementCount(IReadOnlyList<long>? labels)
{
    private readonly HashSet<long> seen = [];
    private int same;
    private int right;
    private int found;

    /// <summary>Adds a run.</summary>
    /// <param name="samples">The numbers of its samples.</param>
    /// <param name="expected">[samples, classes] of the original.</param>
    /// <param name="actual">The same of the other.</param>
    public void Add(long[] samples, double[] expected, double[] actual)
    {
        var classes = expected.Length / samples.Length;
        for (var row = 0; row < samples.Length; row++)
        {
            if (!seen.Add(samples[row]))
            {
                continue;
            }

            var (original, other) = (Largest(expected.AsSpan(row * classes, classes)), Largest(actual.AsSpan(row * classes, classes)));
            same += original == other ? 1 : 0;
            right += labels?[(int)samples[row]] == original ? 1 : 0;
            found += labels?[(int)samples[row]] == other ? 1 : 0;
        }
    }

    /// <summary>What was counted; null when there was nothing.</summary>
    public ClassAgreement? Result => seen.Count == 0
        ? null
        : new ClassAgreement(seen.Count, Share(same), labels is null ? null : Share(right), labels is null ? null : Share(found));

    private double Share(int count) => (double)count / seen.Count;

    private static int Largest(ReadOnlySpan<double> entries)
    {
        var largest = 0;
        for (var i = 1; i < entries.Length; i++)
        {
            largest = entries[i] > entries[largest] ? i : largest;
        }

        return largest;
    }
}
