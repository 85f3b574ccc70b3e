using SparseHybrid.Models;

namespace SparseHybrid.Tests.Models;

public sealed class ModelSettingsTests
{
    [Fact]
    public void The_defaults_are_the_published_sizes()
    {
        var settings = new ModelSettings();

        settings.Validate();
        Assert.Null(settings.HiddenWidths);
        Assert.Equal(1.0, settings.Width);
    }

    [Fact]
    public void Every_setting_out_of_range_is_listed()
    {
        var error = Assert.Throws<ArgumentException>(() => new ModelSettings { HiddenWidths = [3, -1], Width = 0 }.Validate());

        Assert.Contains("HiddenWidths is -1, expected 1 unit or more in every layer", error.Message);
        Assert.Contains("Width is 0, expected a number above 0", error.Message);
        Assert.Throws<ArgumentException>(() => new ModelSettings { HiddenWidths = [] }.Validate());
        Assert.Throws<ArgumentException>(() => new ModelSettings { Width = double.NaN }.Validate());
    }

    [Theory]
    [InlineData(2, 16, 32)]
    [InlineData(0.25, 64, 16)]
    [InlineData(0.01, 16, 1)]
    public void Channels_are_multiplied_rounded_and_never_none(double width, long published, long expected) =>
        Assert.Equal(expected, new ModelSettings { Width = width }.Channels(published));
}
