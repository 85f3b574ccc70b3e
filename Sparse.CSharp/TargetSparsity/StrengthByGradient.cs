using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using TorchSharp;

namespace SparseHybrid.TargetSparsity;

/// <summary>
/// Where lambda starts, told by the first gradients: a fifth of that at which, were every weight zero, the share asked for would
/// stay zero. A zero stays where its gradient is no larger than the pull of the penalty (method of arXiv:2008.09661, condition
/// of optimality at zero); so the scale of loss, network and penalty is right from the first step on.
/// </summary>
internal static class StrengthByGradient
{
    private const double Caution = 0.2; // too little is soon made up for; too much kills weights that training would have kept
    private const double WidestFold = 30; // natural logarithms of the factor, either way
    private const int Halvings = 14; // of 60 natural logarithms: to half a percent

    /// <summary>Logarithm of the factor on lambda.</summary>
    /// <param name="target">Zeros / weights to end with.</param>
    /// <param name="penalties">The penalty of each parameter, and what it has to hold at zero: its gradient, or for a lambda in the unit of the parameter itself.</param>
    public static double LogFactor(double target, IReadOnlyList<(Regularizer Penalty, torch.Tensor Held)> penalties)
    {
        using var withoutGradient = torch.no_grad();
        var weights = penalties.Sum(item => item.Held.numel());
        var (low, high) = (-WidestFold, WidestFold);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Zeros(middle, penalties) < target * weights ? (middle, high) : (low, middle);
        }

        return high + Math.Log(Caution);
    }

    private static long Zeros(double logFactor, IReadOnlyList<(Regularizer Penalty, torch.Tensor Held)> penalties)
    {
        using var scope = torch.NewDisposeScope();
        return ZeroShares.Zeros(penalties.Select(item =>
        {
            var scaled = RegularizerModule.ScaleStrength(Math.Exp(logFactor), item.Penalty);
            return RegularizerModule.Prox(scaled, PullAtZero(item.Penalty, item.Held), item.Held);
        })).Sum();
    }

    // The weights of a vanished entry beside a large one: adaptive penalties pull hardest there.
    private static torch.Tensor PullAtZero(Regularizer penalty, torch.Tensor held)
    {
        using var average = torch.zeros(RegularizerModule.GroupShape(penalty, held.shape), dtype: held.dtype, device: held.device);
        if (average.numel() > 1)
        {
            using var flat = average.view(-1);
            using var first = flat.narrow(0, 0, 1);
            first.fill_(1.0);
        }

        return RegularizerModule.Weights(penalty, held.shape, average);
    }
}
