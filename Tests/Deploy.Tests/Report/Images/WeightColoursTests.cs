using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Tests.Report.Images;

public sealed class WeightColoursTests
{
    [Fact]
    public void Zero_is_the_page_itself_and_every_other_weight_is_seen()
    {
        Assert.Equal(0, Colour(0).Opacity);
        Assert.Equal(0, Colour(-0f).Opacity);
        Assert.Equal(0, Colour(float.NaN).Opacity);
        Assert.InRange(Colour(1e-30f).Opacity, 64, 254);
        Assert.InRange(Colour(-1e-30f).Opacity, 64, 254);
        Assert.Equal(255, Colour(1).Opacity);
        Assert.Equal(255, Colour(-7).Opacity); // beyond the full colour there is none fuller
        Assert.Equal(255, Colour(float.PositiveInfinity).Opacity);
    }

    [Fact]
    public void The_sign_is_the_hue_and_the_magnitude_the_opacity()
    {
        var (faint, full, negative) = (Colour(0.2f), Colour(0.9f), Colour(-0.9f));
        Assert.Equal((full.Red, full.Green, full.Blue), (faint.Red, faint.Green, faint.Blue));
        Assert.True(faint.Opacity < full.Opacity);
        Assert.Equal(full.Opacity, negative.Opacity);
        Assert.True(full.Blue > full.Red && negative.Red > negative.Blue);
    }

    [Fact]
    public void Shares_and_lines_have_colours_of_the_same_list()
    {
        Assert.Equal(256, WeightColours.Signed.Count);
        Assert.Equal(WeightColours.Signed[WeightColours.Line], WeightColours.Shares[WeightColours.Line]);
        Assert.Equal(0, WeightColours.Shares[WeightColours.OfShare(0)].Opacity);
        Assert.Equal(255, WeightColours.Shares[WeightColours.OfShare(1)].Opacity);
        Assert.True(WeightColours.OfShare(0.25) < WeightColours.OfShare(0.5));
    }

    private static Colour Colour(float weight) => WeightColours.Signed[WeightColours.OfWeight(weight, full: 1)];
}
