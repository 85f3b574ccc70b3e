using System.Globalization;

namespace SparseHybrid.Sweeps;

/// <summary>Values of a path as people type and read them.</summary>
public static class SweepValue
{
    /// <summary>A strength as 5e-6, a share of zeros as 0.95; read back it is the same number.</summary>
    public static string ToText(SweepVariable variable, double value) => variable == SweepVariable.Lambda && value > 0
        ? Scientific(value)
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As a part of a name: lambda-5e-6, zeros-0.95.</summary>
    internal static string ToName(SweepVariable variable, double value) => $"{(variable == SweepVariable.Lambda ? "lambda" : "zeros")}-{ToText(variable, value)}";

    /// <summary>The value of an entry or run, of which one is given at most; a dash for one without.</summary>
    public static string ToText(double? lambda, double? targetSparsity) => (lambda, targetSparsity) switch
    {
        ({ } strength, _) => ToText(SweepVariable.Lambda, strength),
        (_, { } share) => ToText(SweepVariable.TargetSparsity, share),
        _ => "–",
    };

    // 5E-006 with the fewest digits that are read back to the same number, as 5e-6.
    private static string Scientific(double value)
    {
        var texts = Enumerable.Range(0, 17).Select(digits => value.ToString($"E{digits}", CultureInfo.InvariantCulture));
        var parts = texts.First(text => double.Parse(text, CultureInfo.InvariantCulture).Equals(value)).Split('E');
        return FormattableString.Invariant($"{parts[0]}e{int.Parse(parts[1], CultureInfo.InvariantCulture)}");
    }
}
