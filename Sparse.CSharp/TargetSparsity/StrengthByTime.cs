using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using TorchSharp;

namespace SparseHybrid.TargetSparsity;

/// <summary>
/// Where lambda starts, told by the time that a run has: a multiple of that at which the penalty alone, against no gradient, would
/// bring the share asked for to zero in that time.
/// </summary>
/// <remarks>
/// A group (or single weight) of mean a and weight w in w = s M / (1 + (M-1) a/m) (arXiv:2008.09661) loses lambda w per unit of step
/// size, and w grows as a falls: but for terms of the order of 1/M, and while m stays, it has vanished after a / (2 lambda w), half
/// the time that a constant pull would take. Some hundred steps need a far larger lambda than some hundred thousand.
/// <para>
/// Of groups, the gradients do not tell: a vanished group would be held with M times the pull of the largest, but at the start none has
/// vanished, the groups' means are much alike, and all of them feel about the weakest pull. Of single weights they do, where the
/// run is long; where it is short, lambda would be too small for most of it.
/// </para>
/// </remarks>
internal static class StrengthByTime
{
    /// <summary>
    /// The multiple for groups. Gradients hold against the penalty; and where lambda falls later, more zeros come as whole groups than
    /// where it has to rise.
    /// </summary>
    public const double HasteOfGroups = 3;

    /// <summary>
    /// The multiple for single weights. Many of them no gradient holds, and what a long run needs lies below: this little harms none,
    /// and a short one gets from here to what it needs in a quarter of its steps.
    /// </summary>
    public const double HasteOfWeights = 0.05;

    /// <summary>Whether most weights feel a penalty that adapts to a group of several.</summary>
    /// <param name="weights">The penalty of each parameter, and its shape.</param>
    public static bool IsOfGroups(IReadOnlyList<(Regularizer Penalty, long[] Shape)> weights)
    {
        static long Size(long[] shape) => shape.Aggregate(1L, (size, length) => size * length);
        var grouped = weights.Where(item => RegularizerModule.Layout(item.Penalty, item.Shape) is { IsSome: true, Value.GroupSize: > 1 });
        return 2 * grouped.Sum(item => Size(item.Shape)) > weights.Sum(item => Size(item.Shape));
    }

    /// <summary>Logarithm of the factor on lambda.</summary>
    /// <param name="target">Zeros / weights to end with.</param>
    /// <param name="time">Sum of the step sizes until then, above 0.</param>
    /// <param name="haste">The multiple, above 0.</param>
    /// <param name="weights">The penalty of each parameter, lambda above 0, and the parameter; those whose penalties do not adapt are passed over.</param>
    /// <returns>None where no penalty adapts, or so many weights are zero already.</returns>
    public static double? LogFactor(double target, double time, double haste, IEnumerable<(Regularizer Penalty, torch.Tensor Parameter)> weights)
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var adaptive = weights.Select(item => Vanishing.Of(item.Penalty, item.Parameter)).OfType<Vanishing>().ToList();
        var wanted = target * adaptive.Sum(item => item.Weights);
        // Floats that are not negative are ordered as their bits are.
        var (low, high) = (0, BitConverter.SingleToInt32Bits(float.PositiveInfinity));
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            (low, high) = adaptive.Sum(item => item.Zeros(BitConverter.Int32BitsToSingle(middle))) < wanted ? (middle + 1, high) : (low, middle);
        }

        var factorTime = BitConverter.Int32BitsToSingle(high);
        return factorTime > 0 && float.IsFinite(factorTime) ? Math.Log(haste * factorTime / time) : null;
    }

    /// <summary>When the groups of one parameter vanish.</summary>
    /// <param name="FactorTimes">Of each group the factor on lambda times the sum of step sizes at which it has just vanished; single precision.</param>
    /// <param name="Sizes">Weights of each group, or of every one.</param>
    /// <param name="Weights">Weights of the parameter.</param>
    private sealed record Vanishing(torch.Tensor FactorTimes, torch.Tensor Sizes, long Weights)
    {
        public static Vanishing? Of(Regularizer penalty, torch.Tensor parameter)
        {
            if (RegularizerModule.Layout(penalty, parameter.shape) is not { IsSome: true, Value: var layout } || parameter.numel() == 0)
            {
                return null;
            }

            var means = GroupingModule.MeanMagnitude(layout, parameter);
            var weights = RegularizerModule.Weights(penalty, parameter.shape, means);
            // A group lasso pulls at the norm of a group, a weighted l1 norm at each entry.
            var magnitudes = penalty.IsAdaptiveGroupLasso ? GroupBox.Norms(layout, GroupBox.View(layout, parameter)) : means;
            var strength = RegularizerModule.FindStrength(penalty)!.Value;
            var sizes = layout.IsUniform ? torch.tensor(layout.GroupSize) : torch.tensor(layout.GroupSizes);
            return new Vanishing((magnitudes / weights / (2 * strength)).to(torch.float32).flatten(), sizes.to(parameter.device), parameter.numel());
        }

        // A tensor that is zero as a whole has weights of 0 too: what is no number counts as vanished.
        public long Zeros(float factorTime)
        {
            using var scope = torch.NewDisposeScope();
            return Weights - (FactorTimes.gt(factorTime).to(torch.int64) * Sizes).sum().cpu().item<long>();
        }
    }
}
