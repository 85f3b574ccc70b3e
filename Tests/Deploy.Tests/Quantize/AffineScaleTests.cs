using FsCheck;
using FsCheck.Fluent;
using SparseHybrid.Deploy.Quantize;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class AffineScaleTests
{
    private static readonly Arbitrary<(float Lowest, float Highest, float Share)> Ranges =
        (from lowest in Gen.Choose(-1000, 1000)
         from width in Gen.Choose(1, 2000)
         from share in Gen.Choose(0, 1000)
         from exponent in Gen.Choose(-30, 30)
         let unit = MathF.ScaleB(1, exponent)
         select (lowest * unit, (lowest + width) * unit, share / 1000f)).ToArbitrary();

    [Fact]
    public void A_number_inside_the_range_comes_back_within_half_a_step() => Prop.ForAll(Ranges, range =>
    {
        var scale = AffineScale.Covering(new ValueRange(range.Lowest, range.Highest));
        var value = range.Lowest + range.Share * (range.Highest - range.Lowest);

        // The code of zero is rounded, so that at one end the last step may be cut in half as well.
        return Math.Abs(scale.Dequantize(scale.Quantize(value)) - value) <= scale.Scale * 1.001f
            && (Math.Abs(value) > Math.Min(Math.Abs(range.Lowest), Math.Abs(range.Highest)) - scale.Scale
                || Math.Abs(scale.Dequantize(scale.Quantize(value)) - value) <= scale.Scale * 0.501f);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Zero_comes_back_as_exactly_zero() => Prop.ForAll(Ranges, range =>
    {
        var scale = AffineScale.Covering(new ValueRange(range.Lowest, range.Highest));

        return scale.Dequantize(scale.Quantize(0)) == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Codes_never_go_beyond_the_upper_end_of_a_range_from_zero() => Prop.ForAll(Ranges, range =>
    {
        var scale = AffineScale.Covering(new ValueRange(0, Math.Abs(range.Highest)));

        return range.Highest == 0 || (scale.ZeroPoint == 0 && (double)scale.Scale * 255 <= Math.Abs(range.Highest));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_that_is_always_zero_has_a_scale_all_the_same() => Assert.Equal(new AffineScale(1, 0), AffineScale.Covering(new ValueRange(0, 0)));

    [Fact]
    public void Numbers_outside_saturate()
    {
        var scale = AffineScale.Covering(new ValueRange(-1, 1));

        Assert.Equal((0, 255), (scale.Quantize(-50), scale.Quantize(50)));
    }
}
