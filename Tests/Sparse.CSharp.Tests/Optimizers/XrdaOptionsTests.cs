using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Tests.Optimizers;

public sealed class XrdaOptionsTests
{
    [Fact]
    public void The_defaults_are_the_published_ones()
    {
        var options = new XrdaOptions();

        Assert.Equal(1.0, options.StepSize);
        Assert.Equal(1e-6, options.Strength);
        Assert.Equal(500.0, options.MaximumFactor);
        Assert.Equal(9.5, options.MomentumTimeScale);
        Assert.Equal(9.5, options.RegularizerTimeScale);
        Assert.Equal(5e-4, options.WeightDecay);
        Assert.Equal(0.0, options.Averaging);
        Assert.Equal(Grouping.Element, options.Grouping);
        options.Validate();
    }

    [Fact]
    public void Every_setting_out_of_range_is_listed_with_its_value()
    {
        var options = new XrdaOptions
        {
            StepSize = 0,
            Strength = -1e-6,
            MaximumFactor = 0.5,
            MomentumTimeScale = double.NaN,
            RegularizerTimeScale = double.PositiveInfinity,
            WeightDecay = -1,
            Averaging = 1.5,
        };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.Contains("StepSize is 0,", message);
        Assert.Contains("Strength is -1E-06,", message);
        Assert.Contains("MaximumFactor is 0.5, expected a finite number, 1 or more", message);
        Assert.Contains("MomentumTimeScale is NaN,", message);
        Assert.Contains("RegularizerTimeScale is Infinity,", message);
        Assert.Contains("WeightDecay is -1,", message);
        Assert.Contains("Averaging is 1.5,", message);
    }

    [Fact]
    public void Strength_0_is_no_penalty()
    {
        Assert.Equal(Regularizers.Zero(), new XrdaOptions { Strength = 0 }.ToRegularizer());
        Assert.Equal(Regularizers.AdaptiveL1(1e-6, 500, 9.5, Grouping.Element), new XrdaOptions().ToRegularizer());
    }
}
