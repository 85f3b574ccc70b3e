using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class LogSpacingTests
{
    [Fact]
    public void Lambdas_have_a_constant_ratio_up_to_three_digits() =>
        Assert.Equal([1e-6, 4.64e-6, 2.15e-5, 1e-4], LogSpacing.Lambdas(1e-6, 1e-4, 4));

    [Fact]
    public void Targets_have_a_constant_ratio_of_what_is_left() =>
        Assert.Equal([0.9, 0.9684, 0.99], LogSpacing.Targets(0.9, 0.99, 3));

    [Fact]
    public void The_ends_are_kept_as_they_were_given_also_downwards() =>
        Assert.Equal([1.23456e-4, 1.11e-5, 1e-6], LogSpacing.Lambdas(1.23456e-4, 1e-6, 3));

    [Theory]
    [InlineData(0, 1, 3, "from")]
    [InlineData(1, double.NaN, 3, "to")]
    [InlineData(1, double.PositiveInfinity, 3, "to")]
    [InlineData(1, 2, 1, "count")]
    public void Impossible_lambdas_are_refused_by_name(double from, double to, int count, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => LogSpacing.Lambdas(from, to, count)).ParamName);

    [Theory]
    [InlineData(0, 0.9, "from")]
    [InlineData(0.5, 1, "to")]
    public void Impossible_targets_are_refused_by_name(double from, double to, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => LogSpacing.Targets(from, to, 3)).ParamName);
}
