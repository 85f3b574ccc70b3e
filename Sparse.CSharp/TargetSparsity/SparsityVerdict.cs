using System.Globalization;

namespace SparseHybrid.TargetSparsity;

/// <summary>Says whether a run ended with the share of zeros asked for, and if not, why and what to do.</summary>
internal static class SparsityVerdict
{
    /// <param name="options">What was asked for.</param>
    /// <param name="shares">The network.</param>
    /// <param name="lambda">At the end; null for a method that prunes.</param>
    /// <param name="isWhole">False when the run was stopped before its last epoch.</param>
    public static TargetSparsityOutcome Of(
        TargetSparsityOptions options, ZeroShares shares, double? lambda, bool isWhole)
    {
        var bounds = BoundedLayers.Of(options, shares);
        var zeros = shares.Count();
        var share = shares.Share(zeros);
        var miss = share - options.Share;
        var isNear = Math.Abs(miss) <= options.Tolerance;
        var broken = Broken(options, shares, bounds, zeros).ToList();
        var found = $"{Percent(share)} of the regularised weights are zero, {Percent(options.Share)} were asked for";
        var explanation = isNear ? $"{found}." : $"{found}. {(isWhole ? Reason(miss, lambda) : "The run was stopped before its end.")}";
        return new TargetSparsityOutcome(
            options.Share, options.Tolerance, isNear && broken.Count == 0, lambda, string.Join(" ", broken.Prepend(explanation)));
    }

    private static string Reason(double miss, double? lambda) => lambda is not { } last
        ? "The method prunes to it in stages that this run was too short for: train for more epochs."
        : miss < 0
        ? $"lambda rose to {Number(last)} and the zeros did not keep up: train for more steps (epochs, or smaller batches), ask for fewer zeros, or, with another method, take xrda, whose thresholds do not shrink with the step size."
        : $"lambda fell to {Number(last)} and too many zeros stayed: weights that vanish together may be a larger share than the tolerance, or the network makes more zeros without a penalty; ask for more zeros, group finer, or train for more epochs.";

    private static IEnumerable<string> Broken(TargetSparsityOptions options, ZeroShares shares, IReadOnlyList<LayerSparsity?> bounds, long[] zeros)
    {
        for (var i = 0; i < zeros.Length; i++)
        {
            var share = (double)zeros[i] / shares.Sizes[i];
            if (share < bounds[i]?.AtLeast - options.Tolerance || share > bounds[i]?.AtMost + options.Tolerance)
            {
                yield return $"'{shares.Names[i]}' has {Percent(share)} zeros, outside its bounds from {Percent(bounds[i]!.AtLeast ?? 0)} to {Percent(bounds[i]!.AtMost ?? 1)}.";
            }
        }
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) => value.ToString("0.##e-0", CultureInfo.InvariantCulture);
}
