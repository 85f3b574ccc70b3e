using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>What two models make of the same input.</summary>
/// <param name="MaxAbsDifference">The largest difference of a number; null if the outputs cannot be compared.</param>
/// <param name="LargestExpected">The first model's largest output.</param>
/// <param name="Obstacle">Why outputs cannot be compared, as "it has 2 outputs and the other 1"; null if they can.</param>
internal sealed record OutputAgreement(double? MaxAbsDifference, double LargestExpected, string? Obstacle)
{
    /// <summary>The agreement of the first model with itself.</summary>
    public static OutputAgreement Self { get; } = new(0, 0, null);

    /// <summary>Compares outputs of the same names, or one after the other where the names differ.</summary>
    public static OutputAgreement Of(ModelOutputs expected, ModelOutputs actual)
    {
        if (Difference(expected, actual) is { } obstacle)
        {
            return new OutputAgreement(null, 0, obstacle);
        }

        var comparison = new OutputComparison();
        foreach (var (name, values) in expected.Values)
        {
            comparison.Add(values, actual.Like(name, expected));
        }

        return new OutputAgreement(comparison.MaxAbsDifference, comparison.LargestExpected, null);
    }

    private static string? Difference(ModelOutputs expected, ModelOutputs actual)
    {
        if (!expected.InputShape.SequenceEqual(actual.InputShape))
        {
            return $"its input is {string.Join('x', actual.InputShape)} and the other's {string.Join('x', expected.InputShape)}";
        }

        if (expected.Values.Count != actual.Values.Count)
        {
            return $"it has {actual.Values.Count} outputs and the other {expected.Values.Count}";
        }

        var wrong = expected.Values.Select(output => (output.Name, Expected: output.Numbers.Length, Actual: actual.Like(output.Name, expected).Length))
            .FirstOrDefault(pair => pair.Expected != pair.Actual);
        return wrong.Name is null ? null : $"its output has {wrong.Actual} numbers where '{wrong.Name}' of the other has {wrong.Expected}";
    }
}

/// <summary>The outputs of one run.</summary>
/// <param name="InputShape">The shape of its input, the batch in front.</param>
/// <param name="Values">Names and numbers, in the model's order.</param>
internal sealed record ModelOutputs(IReadOnlyList<long> InputShape, IReadOnlyList<(string Name, float[] Numbers)> Values)
{
    /// <summary>The output that stands for one of another model with as many outputs.</summary>
    public float[] Like(string name, ModelOutputs other)
    {
        var namesAgree = Values.Select(output => output.Name).ToHashSet().SetEquals(other.Values.Select(output => output.Name));
        var index = namesAgree
            ? Values.ToList().FindIndex(output => output.Name == name)
            : other.Values.ToList().FindIndex(output => output.Name == name);
        return Values[index].Numbers;
    }
}
