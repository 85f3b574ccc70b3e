namespace SparseHybrid.Deploy.Report;

/// <summary>Axes of percentages.</summary>
internal static class ShareAxis
{
    /// <summary>The axis of zeros: near 100 % what counts is how much is left; the scale of the remainder has no place for 100 itself.</summary>
    /// <param name="percentages">Everything that is drawn along it.</param>
    public static Axis Zeros(IReadOnlyCollection<double> percentages) =>
        new("Zeros", "% of regularised weights", ScaleOf(percentages), Least: 0, Most: 100);

    /// <summary>The axis of accuracies.</summary>
    public static Axis Accuracy { get; } = new("Accuracy", "% of test images", Least: 0, Most: 100);

    /// <summary>
    /// The same where a few points far below the others would leave these little room: it begins at the others, judged by Tukey's
    /// fence (one and a half distances of the quartiles below the lower one), if that gives them twice the room or more.
    /// </summary>
    /// <param name="points">Percentages that are drawn along it, each with the lowest that its bar and its single values reach.</param>
    public static Axis AccuracyOf(IReadOnlyCollection<(double At, double Low)> points)
    {
        if (points.Count < FewestForOutliers)
        {
            return Accuracy;
        }

        double[] sorted = [.. points.Select(point => point.At).Order()];
        var (lower, upper) = (sorted[sorted.Length / 4], sorted[^(1 + sorted.Length / 4)]);
        var others = points.Where(point => point.At >= lower - 1.5 * (upper - lower)).Min(point => point.Low);
        return sorted[^1] - sorted[0] >= 2 * (sorted[^1] - others) ? Accuracy with { ShownFrom = others } : Accuracy;
    }

    /// <summary>What a caption says about an axis.</summary>
    public static string Remark(Axis axis) => axis switch
    {
        { Scale: AxisScale.Remainder } => " Along the axis of zeros, equal lengths are equal ratios of the weights that are left.",
        { ShownFrom: not null } => " Arrows at the lower edge are points below it, with their accuracy in percent.",
        _ => "",
    };

    private const int FewestForOutliers = 5;

    private static AxisScale ScaleOf(IReadOnlyCollection<double> percentages) =>
        percentages.Count > 0 && percentages.Max() is >= 90 and < 100 && 100 - percentages.Min() >= 3 * (100 - percentages.Max())
            ? AxisScale.Remainder
            : AxisScale.Linear;
}
