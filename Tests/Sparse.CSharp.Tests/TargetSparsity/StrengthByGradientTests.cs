using SparseHybrid.Optim;
using SparseHybrid.TargetSparsity;
using TorchSharp;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class StrengthByGradientTests : IDisposable
{
    private const double Lambda = 1e-5;

    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor gradient;

    public StrengthByGradientTests()
    {
        torch.manual_seed(3);
        gradient = torch.randn(20, 50).mul(1e-3);
    }

    public static TheoryData<string, Regularizer, double> Penalties() => new()
    {
        { "l1", Regularizers.L1(Lambda), 1 },
        { "adaptive l1", Regularizers.AdaptiveL1(Lambda, 500, 9.5, Grouping.Element), 500 }, // a zero feels lambda M
    };

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Penalties))]
    public void A_fifth_of_the_quantile_of_the_gradients_is_where_lambda_starts(string name, Regularizer penalty, double pullAtZero)
    {
        var sorted = gradient.abs().flatten().data<float>().ToArray().Order().ToArray();

        var lambda = Lambda * Math.Exp(StrengthByGradient.LogFactor(0.9, [(penalty, gradient)]));

        var quantile = sorted[900] / pullAtZero;
        Assert.True(Math.Abs(lambda / (0.2 * quantile) - 1) < 0.03, $"{name}: {lambda} for a quantile of {quantile}");
    }

    [Fact]
    public void Gradients_a_thousand_times_larger_start_with_a_lambda_a_thousand_times_larger()
    {
        var penalty = Regularizers.GroupLasso(Lambda, Grouping.Row);
        using var larger = gradient * 1000;

        var ratio = StrengthByGradient.LogFactor(0.5, [(penalty, larger)]) - StrengthByGradient.LogFactor(0.5, [(penalty, gradient)]);

        Assert.Equal(Math.Log(1000), ratio, 0.02);
    }
}
