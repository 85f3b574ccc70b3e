using SparseHybrid.Cli.Presentation;

namespace SparseHybrid.EndToEnd.Tests.Presentation;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(0.8866, "88.7 %")]
    [InlineData(0.99999, "99.9 %")] // not everything is zero
    [InlineData(1, "100.0 %")]
    public void Percent_says_a_hundred_only_when_it_is(double share, string expected) => Assert.Equal(expected, Format.Percent(share));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(292_800, "292.8 kB")]
    [InlineData(1_067_051, "1.07 MB")]
    [InlineData(2_500_000_000, "2.5 GB")]
    public void Bytes_have_decimal_units(long bytes, string expected) => Assert.Equal(expected, Format.Bytes(bytes));

    [Theory]
    [InlineData(4.52, "4.5 us")]
    [InlineData(159.4, "159 us")]
    [InlineData(12_340, "12.3 ms")]
    [InlineData(2_500_000, "2.50 s")]
    public void Latencies_have_three_digits(double microseconds, string expected) => Assert.Equal(expected, Format.Microseconds(microseconds));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(7_380, "2 h 3 min")]
    [InlineData(180_000, "2 d 2 h")]
    public void Durations_have_two_units_at_most(double seconds, string expected) =>
        Assert.Equal(expected, Format.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Counts_are_grouped_by_threes() => Assert.Equal("1 067 051", Format.Count(1_067_051));
}
