using SparseHybrid.Methods;

namespace SparseHybrid.Tests.Methods;

public sealed class MethodOptionsTests
{
    public static TheoryData<string> Names => [.. MethodOptions.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_makes_a_method_whose_defaults_are_legal(string name)
    {
        var options = MethodOptions.Create(name);

        Assert.Equal(name, options.Name);
        options.Validate();
        Assert.NotEmpty(options.CreateMethod().Name);
        Assert.NotEmpty(options.CreateMethod(stageShare: 0.01).Name);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_that_are_known() =>
        Assert.Contains("xrda, rda", Assert.Throws<ArgumentException>(() => MethodOptions.Create("newton")).Message);

    [Fact]
    public void Settings_out_of_range_are_listed()
    {
        Assert.Contains("PullGrowth is 2,", Refusal(new RdaOptions { PullGrowth = 2 }));
        Assert.Contains("Enhancement is -1,", Refusal(new EnhancedRdaOptions { Enhancement = -1 }));
        Assert.Contains("Mixing is 0,", Refusal(new RmdaOptions { Mixing = 0 }));
        Assert.Contains("Epsilon is 0,", Refusal(new RamdaOptions { Epsilon = 0 }));
        Assert.Contains("ThresholdGrowth is 0.4,", Refusal(new GrdaOptions { ThresholdGrowth = 0.4 }));
        Assert.Contains("MomentumTimeScale is -1,", Refusal(new ProximalSgdOptions { MomentumTimeScale = -1 }));
        Assert.Contains("SecondMomentKept is 1,", Refusal(new ProximalAdamOptions { SecondMomentKept = 1 }));
        Assert.Contains("WeightDecay is NaN,", Refusal(new LinearizedBregmanOptions { WeightDecay = double.NaN }));
        Assert.Contains("FirstMomentKept is -1,", Refusal(new AdamOptions { FirstMomentKept = -1 }));
    }

    private static string Refusal(MethodOptions options) => Assert.Throws<ArgumentException>(options.Validate).Message;
}
