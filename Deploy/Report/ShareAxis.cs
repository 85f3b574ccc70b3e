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

    /// <summary>What a caption says about an axis of zeros.</summary>
    public static string Remark(Axis axis) =>
        axis.Scale == AxisScale.Remainder ? " Along the axis of zeros, equal lengths are equal ratios of the weights that are left." : "";

    private static AxisScale ScaleOf(IReadOnlyCollection<double> percentages) =>
        percentages.Count > 0 && percentages.Max() is >= 90 and < 100 && 100 - percentages.Min() >= 3 * (100 - percentages.Max())
            ? AxisScale.Remainder
            : AxisScale.Linear;
}
