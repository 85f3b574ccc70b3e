using SparseHybrid.Optim;
using SparseHybrid.TargetSparsity;
using TorchSharp;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class GroupStrengthTests : IDisposable
{
    private const double Lambda = 1e-5;
    private const double Target = 0.6;

    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor parameter;

    public GroupStrengthTests()
    {
        torch.manual_seed(3);
        parameter = torch.randn(24, 16, 3, 3) * torch.linspace(0.02, 0.18, 24).view(24, 1, 1, 1); // filters unlike each other
    }

    public static TheoryData<string, Regularizer> Penalties() => new()
    {
        { "kernels", Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel) },
        { "output filters", Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.OutputFilter) },
        { "kernels by group lasso", Regularizers.AdaptiveGroupLasso(Lambda, 500, 9.5, Grouping.Kernel) },
    };

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Without_gradients_the_share_asked_for_vanishes_in_a_third_of_the_time(string name, Regularizer penalty)
    {
        const int steps = 300;
        var factor = Math.Exp(GroupStrength.LogFactor(Target, 3 * steps, [(penalty, parameter)])!.Value);

        Assert.InRange(ZerosAfter(steps / 2, factor, penalty), 0, 0.8 * Target);
        var zeros = ZerosAfter(steps, factor, penalty);
        Assert.True(Math.Abs(zeros - Target) < 0.12, $"{name}: {zeros}");
    }

    [Fact]
    public void Ten_times_the_time_starts_with_a_tenth_of_lambda()
    {
        var penalty = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel);

        var ratio = GroupStrength.LogFactor(Target, 100, [(penalty, parameter)]) - GroupStrength.LogFactor(Target, 1000, [(penalty, parameter)]);

        Assert.Equal(Math.Log(10), ratio!.Value, 1e-9);
    }

    [Fact]
    public void What_is_zero_already_needs_no_lambda()
    {
        var penalty = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel);
        using var first = parameter.narrow(0, 0, 18);
        first.zero_();

        Assert.Null(GroupStrength.LogFactor(Target, 100, [(penalty, parameter)]));
        Assert.Null(GroupStrength.LogFactor(Target, 100, [(penalty, torch.zeros(24, 16, 3, 3))]));
        Assert.Null(GroupStrength.LogFactor(Target, 100, [(Regularizers.L1(Lambda), parameter)]));
    }

    [Fact]
    public void Groups_of_most_weights_make_it_wanted()
    {
        long[] convolution = [8, 4, 3, 3], linear = [10, 20], large = [100, 100];
        var kernels = Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Kernel);

        Assert.True(GroupStrength.IsWanted([(kernels, convolution), (kernels, linear)]));
        Assert.False(GroupStrength.IsWanted([(kernels, convolution), (kernels, large)]));
        Assert.False(GroupStrength.IsWanted([(Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Element), convolution)]));
        Assert.False(GroupStrength.IsWanted([(Regularizers.GroupLasso(Lambda, Grouping.Row), large)]));
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
