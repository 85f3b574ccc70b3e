using SparseHybrid.Optim;
using SparseHybrid.TargetSparsity;
using TorchSharp;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class StrengthByTimeTests : IDisposable
{
    private const double Lambda = 1e-5;
    private const double Target = 0.6;

    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor parameter;

    public StrengthByTimeTests()
    {
        torch.manual_seed(3);
        parameter = torch.randn(24, 16, 3, 3) * torch.linspace(0.02, 0.18, 24).view(24, 1, 1, 1); // filters unlike each other
    }

    public static TheoryData<string, Regularizer> Penalties() => new()
    {
        { "single weights", Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Element) },
        { "kernels", Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel) },
        { "output filters", Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.OutputFilter) },
        { "kernels by group lasso", Regularizers.AdaptiveGroupLasso(Lambda, 500, 9.5, Grouping.Kernel) },
    };

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Without_gradients_the_share_asked_for_vanishes_in_the_time_given(string name, Regularizer penalty)
    {
        const int steps = 300;
        var factor = Math.Exp(StrengthByTime.LogFactor(Target, steps, haste: 1, [(penalty, parameter)])!.Value);

        Assert.InRange(ZerosAfter(steps / 2, factor, penalty), 0, 0.8 * Target);
        var zeros = ZerosAfter(steps, factor, penalty);
        Assert.True(Math.Abs(zeros - Target) < 0.12, $"{name}: {zeros}");
    }

    [Fact]
    public void Ten_times_the_time_starts_with_a_tenth_of_lambda()
    {
        var penalty = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel);

        var ratio = StrengthByTime.LogFactor(Target, 100, 3, [(penalty, parameter)]) - StrengthByTime.LogFactor(Target, 1000, 3, [(penalty, parameter)]);

        Assert.Equal(Math.Log(10), ratio!.Value, 1e-9);
    }

    [Fact]
    public void A_multiple_of_the_haste_is_a_multiple_of_lambda()
    {
        var penalty = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Element);

        var ratio = StrengthByTime.LogFactor(Target, 100, 3, [(penalty, parameter)]) - StrengthByTime.LogFactor(Target, 100, 1, [(penalty, parameter)]);

        Assert.Equal(Math.Log(3), ratio!.Value, 1e-9);
    }

    [Fact]
    public void It_is_the_group_that_completes_the_share_that_counts()
    {
        // Blocks of 4 x 4 over 4 x 10: the last one is half as large. Weights are the roots of the sizes.
        var penalty = Regularizers.AdaptiveL1(Lambda, 1, 9.5, Grouping.NewBlock(4, 4));
        using var blocks = torch.cat([torch.full([4, 4], 3f), torch.full([4, 4], 1f), torch.full([4, 2], 2f)], 1);

        double LastAt(double share) => 2 * Lambda * Math.Exp(StrengthByTime.LogFactor(share, 1, 1, [(penalty, blocks)])!.Value);

        Assert.Equal([0.25, 0.25, 0.70711, 0.70711, 0.75, 0.75], new[] { 0.1, 0.4, 0.41, 0.6, 0.61, 1 }.Select(share => Math.Round(LastAt(share), 5)));
    }

    [Fact]
    public void What_is_zero_already_needs_no_lambda()
    {
        var penalty = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel);
        using var first = parameter.narrow(0, 0, 18);
        first.zero_();

        Assert.Null(StrengthByTime.LogFactor(Target, 100, 3, [(penalty, parameter)]));
        Assert.Null(StrengthByTime.LogFactor(Target, 100, 3, [(penalty, torch.zeros(24, 16, 3, 3))]));
        Assert.Null(StrengthByTime.LogFactor(Target, 100, 3, [(Regularizers.L1(Lambda), parameter)]));
    }

    [Fact]
    public void Groups_of_most_weights_make_it_wanted()
    {
        long[] convolution = [8, 4, 3, 3], linear = [10, 20], large = [100, 100];
        var kernels = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel);

        Assert.True(StrengthByTime.IsOfGroups([(kernels, convolution), (kernels, linear)]));
        Assert.False(StrengthByTime.IsOfGroups([(kernels, convolution), (kernels, large)]));
        Assert.False(StrengthByTime.IsOfGroups([(Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Element), convolution)]));
        Assert.False(StrengthByTime.IsOfGroups([(Regularizers.GroupLasso(Lambda, Grouping.Row), large)]));
    }

    private double ZerosAfter(int steps, double factor, Regularizer penalty)
    {
        var scaled = RegularizerModule.ScaleStrength(factor, penalty);
        var hyper = new DualAveraging.Hyperparameters(stepSize: 1, momentumTimeScale: 9.5, averaging: 0, weightDecay: 0);
        using var weights = parameter.clone();
        using var still = torch.zeros_like(weights);
        var state = DualAveraging.Init(scaled, weights);
        for (var step = 0; step < steps; step++)
        {
            state = DualAveraging.StepInPlace(hyper, scaled, still, weights, state);
        }

        return Sparsity.ZeroFraction(weights);
    }
}
