using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Runs a model file in ONNX Runtime and compares its outputs with those of another computation of the same network.</summary>
/// <remarks>The first batch has one sample and the others more, so that a batch dimension that is not really open shows.</remarks>
public static class ModelVerifier
{
    /// <summary>Compares two model files, as an optimised one with the one it came from.</summary>
    /// <param name="expectedPath">The file whose outputs are right.</param>
    /// <param name="actualPath">The file in question.</param>
    /// <param name="samples">Float32 samples one after the other, in the shape of the models' input.</param>
    /// <param name="sampleCount">The number of samples, at least 1.</param>
    /// <param name="batch">Samples per run, at least 1.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ModelFileException">A file cannot be read or run, or the samples do not fit it.</exception>
    /// <exception cref="ExportException">The outputs differ in number or size.</exception>
    public static VerificationResult Compare(
        string expectedPath, string actualPath, float[] samples, int sampleCount, int batch = 64, CancellationToken cancellationToken = default)
    {
        using var session = ModelSession.Load(expectedPath, new SessionSettings());
        return Compare(session.Run, actualPath, samples, sampleCount, batch, cancellationToken);
    }

    /// <summary>As the other overload, with any computation for the right outputs: from (samples, count) to outputs, each flattened.</summary>
    internal static VerificationResult Compare(
        Func<float[], int, float[][]> expected, string actualPath, float[] samples, int sampleCount, int batch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        using var session = ModelSession.Load(actualPath, new SessionSettings());
        var valuesPerSample = session.InputShape(1).Aggregate(1L, (product, size) => product * size);
        if (samples.LongLength != valuesPerSample * sampleCount)
        {
            throw new ArgumentException(
                $"{sampleCount} samples for '{actualPath}' are {valuesPerSample * sampleCount} values; {samples.LongLength} were given.",
                nameof(samples));
        }

        var comparison = new OutputComparison();
        foreach (var (first, count) in Batches(sampleCount, batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var input = samples.AsSpan((int)(first * valuesPerSample), (int)(count * valuesPerSample)).ToArray();
            Add(comparison, expected(input, count), session.Run(input, count), actualPath);
        }
        return new VerificationResult(comparison.MaxAbsDifference, comparison.LargestExpected, sampleCount);
    }

    private static void Add(OutputComparison comparison, float[][] expected, float[][] actual, string path)
    {
        var (expectedSizes, actualSizes) = (Sizes(expected), Sizes(actual));
        if (!expectedSizes.SequenceEqual(actualSizes))
        {
            throw new ExportException(
                null, $"'{path}' does not compute what it should.",
                $"Its outputs have {string.Join(", ", actualSizes)} values where {string.Join(", ", expectedSizes)} are right.",
                "This is an error in the export or the optimisation: please report it with the model.");
        }
        foreach (var (right, found) in expected.Zip(actual))
        {
            comparison.Add(right, found);
        }
    }

    private static List<int> Sizes(float[][] outputs) => [.. outputs.Select(output => output.Length)];

    private static IEnumerable<(int First, int Count)> Batches(int samples, int batch)
    {
        yield return (0, 1);
        for (var first = 1; first < samples; first += batch)
        {
            yield return (first, Math.Min(batch, samples - first));
        }
    }
}
