namespace SparseHybrid.Deploy.Verify;

/// <summary>Runs a model file in ONNX Runtime and compares its outputs with those of another computation of the same network.</summary>
public static class ModelVerifier
{
    /// <summary>Compares two model files, as an optimised one with the one it came from.</summary>
    /// <param name="expectedPath">The file whose outputs are right.</param>
    /// <param name="actualPath">The file in question; it takes and gives values of the same names.</param>
    /// <param name="samples">What to run both on.</param>
    /// <param name="batches">Batch sizes, each at least 1; null: 1, 3 and 64. A model that fixes another size is run in that.</param>
    /// <param name="count">Most samples to compare, at least 1; null: all, at most 1000, of random ones as many as the batch sizes together.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ModelFileException">A file cannot be read or run, or the samples do not fit it.</exception>
    /// <exception cref="ExportException">The outputs differ in number or size.</exception>
    public static VerificationResult Compare(
        string expectedPath, string actualPath, SampleSource samples, IReadOnlyList<int>? batches = null, int? count = null,
        CancellationToken cancellationToken = default)
    {
        using var session = new VerificationSession(expectedPath);
        return Compare(session.Run, actualPath, samples, VerificationPlan.Create(batches, count), cancellationToken);
    }

    /// <summary>As the other overload, with any computation for the right outputs.</summary>
    internal static VerificationResult Compare(
        Func<IReadOnlyList<InputTensor>, IReadOnlyList<double[]>> expected, string actualPath, SampleSource samples, VerificationPlan plan,
        CancellationToken cancellationToken)
    {
        using var session = new VerificationSession(actualPath);
        var comparisons = session.OutputNames.Select(_ => new OutputComparison()).ToList();
        var classes = new AgreementCount(samples.Labels);
        var sizes = new SortedSet<int>();
        foreach (var run in plan.Runs(samples.Count, session.FixedBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inputs = session.Inputs.Select(input => samples.Take(input, session.Inputs.Count, run)).ToList();
            var (right, found) = (expected(inputs), session.Run(inputs));
            Add(comparisons, right, found, actualPath);
            if (session.ClassOutput is { } output)
            {
                classes.Add(run, right[output], found[output]);
            }

            sizes.Add(run.Length);
        }

        var outputs = session.OutputNames.Zip(comparisons, (name, seen) => new OutputDifference(name, seen.MaxAbsDifference, seen.LargestExpected));
        return new VerificationResult([.. outputs], (int)plan.Count(samples.Count), [.. sizes]) { Classes = classes.Result };
    }

    private static void Add(
        IReadOnlyList<OutputComparison> comparisons, IReadOnlyList<double[]> expected, IReadOnlyList<double[]> actual, string path)
    {
        var (expectedSizes, actualSizes) = (Sizes(expected), Sizes(actual));
        if (!expectedSizes.SequenceEqual(actualSizes))
        {
            throw new ExportException(
                null, $"'{path}' does not compute what it should.",
                $"Its outputs have {string.Join(", ", actualSizes)} values where {string.Join(", ", expectedSizes)} are right.",
                "This is an error in the export or the optimisation: please report it with the model.");
        }

        for (var i = 0; i < comparisons.Count; i++)
        {
            comparisons[i].Add<double>(expected[i], actual[i]);
        }
    }

    private static List<int> Sizes(IReadOnlyList<double[]> outputs) => [.. outputs.Select(output => output.Length)];
}
