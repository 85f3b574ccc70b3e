using System.Globalization;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class SweepValueTests
{
    [Theory]
    [InlineData(SweepVariable.Lambda, 5e-6, "5e-6")]
    [InlineData(SweepVariable.Lambda, 1e-4, "1e-4")]
    [InlineData(SweepVariable.Lambda, 2.15e-5, "2.15e-5")]
    [InlineData(SweepVariable.Lambda, 0, "0")]
    [InlineData(SweepVariable.TargetSparsity, 0.95, "0.95")]
    [InlineData(SweepVariable.TargetSparsity, 0, "0")]
    public void Values_look_as_they_are_typed(SweepVariable variable, double value, string text) =>
        Assert.Equal(text, SweepValue.ToText(variable, value));

    [Fact]
    public void Awkward_values_are_read_back_exactly() => Assert.All(
        new[] { 1.0 / 3e6, Math.PI * 1e-5, double.Epsilon, 1.2345678901234567e-6 },
        value => Assert.Equal(value, double.Parse(SweepValue.ToText(SweepVariable.Lambda, value), CultureInfo.InvariantCulture)));
}
