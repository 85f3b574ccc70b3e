using SparseHybrid.Methods;

namespace SparseHybrid.Tests.Methods;

public sealed class XrdaOptionsTests
{
    [Fact]
    public void The_defaults_are_the_published_ones()
    {
        var options = new XrdaOptions();

        Assert.Equal((1.0, 9.5, 5e-4), (options.DefaultStepSize, options.MomentumTimeScale, options.WeightDecay));
        options.Validate();
    }

    [Fact]
    public void Every_setting_out_of_range_is_listed_with_its_value()
    {
        var message = Assert.Throws<ArgumentException>(new XrdaOptions { MomentumTimeScale = double.NaN, WeightDecay = -1 }.Validate).Message;

        Assert.Contains("MomentumTimeScale is NaN, expected a finite number, 0 or more", message);
        Assert.Contains("WeightDecay is -1,", message);
    }
}
