using SparseHybrid.Optim;
using TorchSharp;

namespace SparseHybrid.TargetSparsity;

/// <summary>
/// Where lambda starts when weights share an adaptive weight in groups: three times that at which the penalty alone, against no
/// gradient, would bring the share asked for to zero in the time that the run has.
/// </summary>
/// <remarks>
/// The gradients do not tell: a vanished group would be held with M times the pull of the largest, but at the start none has
/// vanished, the groups' means a are much alike, and all of them feel about the weakest pull. A group of mean a and weight w in
/// w = s M / (1 + (M-1) a/m) (arXiv:2008.09661) loses lambda w per unit of step size, and w grows as a falls: but for terms of the
/// order of 1/M, and while m stays, it has vanished after a / (2 lambda w), half the time that a constant pull would take. Some
/// hundred steps need a far larger lambda than some hundred thousand.
/// </remarks>
internal static class GroupStrength
{
    // Gradients hold against the penalty; and where lambda falls later, more zeros come as whole groups than where it has to rise.
    private const double Haste = 3;

    /// <summary>Whether most weights feel a penalty that adapts to a group of several.</summary>
    /// <param name="weights">The penalty of each parameter, and its shape.</param>
    public static bool IsWanted(IReadOnlyList<(Regularizer Penalty, long[] Shape)> weights)
    {
        static long Size(long[] shape) => shape.Aggregate(1L, (size, length) => size * length);
        var grouped = weights.Where(item => RegularizerModule.Layout(item.Penalty, item.Shape) is { IsSome: true, Value.GroupSize: > 1 });
        return 2 * grouped.Sum(item => Size(item.Shape)) > weights.Sum(item => Size(item.Shape));
    }

    /// <summary>Logarithm of the factor on lambda.</summary>
    /// <param name="target">Zeros / weights to end with.</param>
    /// <param name="time">Sum of the step sizes until then, above 0.</param>
    /// <param name="weights">The penalty of each parameter, lambda above 0, and the parameter; those whose penalties do not adapt are passed over.</param>
    /// <returns>None where no penalty adapts, or so many weights are zero already.</returns>
    public static double? LogFactor(double target, double time, IEnumerable<(Regularizer Penalty, torch.Tensor Parameter)> weights)
    {
        using var withoutGradient = torch.no_grad();
        var groups = weights.SelectMany(item => Groups(item.Penalty, item.Parameter)).OrderBy(group => group.FactorTime).ToList();
        var left = target * groups.Sum(group => group.Size);
        var last = groups.FirstOrDefault(group => (left -= group.Size) <= 0);
        return last.FactorTime > 0 ? Math.Log(Haste * last.FactorTime / time) : null;
    }

    // Of each group its size, and the factor on lambda times the sum of step sizes at which it has just vanished.
    private static IEnumerable<(double FactorTime, long Size)> Groups(Regularizer penalty, torch.Tensor parameter)
    {
        if (RegularizerModule.Layout(penalty, parameter.shape) is not { IsSome: true, Value: var layout } || parameter.numel() == 0)
        {
            return [];
        }

        using var scope = torch.NewDisposeScope();
        var means = GroupingModule.MeanMagnitude(layout, parameter);
        var weights = RegularizerModule.Weights(penalty, parameter.shape, means);
        // A group lasso pulls at the norm of a group, a weighted l1 norm at each entry.
        var magnitudes = penalty.IsAdaptiveGroupLasso ? GroupBox.Norms(layout, GroupBox.View(layout, parameter)) : means;
        var strength = RegularizerModule.FindStrength(penalty)!.Value;
        var needed = (magnitudes / weights / (2 * strength)).to(torch.float64).cpu().flatten().data<double>().ToArray();
        // A tensor that is zero as a whole has weights of 0 too.
        return needed.Zip(layout.GroupSizes, (factorTime, size) => (double.IsNaN(factorTime) ? 0 : factorTime, size));
    }
}
