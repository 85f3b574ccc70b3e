using SparseHybrid.Deploy.Report;

namespace SparseHybrid.Deploy.Tests.Report;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.98765, "98.77")]
    [InlineData(0.999999, "99.99")]
    [InlineData(1, "100.00")]
    [InlineData(0, "0.00")]
    public void A_share_below_one_is_never_shown_as_all(double share, string text) => Assert.Equal(text, Figures.Percent(share));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.4144, "0.414")]
    [InlineData(-12.34, "-12.3")]
    [InlineData(0.0001234, "1.23e-4")]
    [InlineData(123456, "1.23e5")]
    public void Magnitudes_have_three_digits(double number, string text) => Assert.Equal(text, Figures.Significant(number));

    [Fact]
    public void Units_of_files_and_times_keep_the_digits_that_matter()
    {
        Assert.Equal(("1.1", "423", "1\u202f067"), (Figures.Kilobytes(1_067), Figures.Kilobytes(423_136), Figures.Kilobytes(1_067_237)));
        Assert.Equal(("9.7", "158"), (Figures.Microseconds(9.68), Figures.Microseconds(157.6)));
        Assert.Equal("–", Figures.Decimals(null, 2));
        Assert.Equal("2.44×", Figures.Times(2.444));
    }
}
