using SparseHybrid.Comparisons.Statistics;

namespace SparseHybrid.Tests.Comparisons.Statistics;

public sealed class StudentTTests
{
    private static readonly double[] Values = [-3, -0.5, 0, 0.1, 1, 1.5, 2.776, 7, 40];

    // Abramowitz and Stegun 26.7.3 and 26.7.4: closed forms for few degrees of freedom.
    public static TheoryData<int, Func<double, double>> ClosedForms => new()
    {
        { 1, t => 1 - 2 / Math.PI * Math.Atan(Math.Abs(t)) },
        { 2, t => 1 - Math.Abs(t) / Math.Sqrt(2 + t * t) },
        { 3, t => 1 - 2 / Math.PI * (Math.Atan(Math.Abs(t) / Math.Sqrt(3)) + Math.Abs(t) / Math.Sqrt(3) / (1 + t * t / 3)) },
        { 4, t => 1 - Math.Abs(t) / Math.Sqrt(4 + t * t) * (1 + 2 / (4 + t * t)) },
    };

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void The_p_value_is_that_of_the_closed_form(int freedom, Func<double, double> closed) =>
        Assert.All(Values, t => Assert.Equal(closed(t), StudentT.TwoSidedP(t, freedom), tolerance: 1e-12));

    // The usual table, here with more digits: two-sided 95 % and 99 %.
    [Theory]
    [InlineData(0.95, 1, 12.706204736432095)]
    [InlineData(0.95, 2, 4.302652729911275)]
    [InlineData(0.95, 4, 2.7764451051977987)]
    [InlineData(0.95, 10, 2.2281388519649385)]
    [InlineData(0.95, 100, 1.983971518523552)]
    [InlineData(0.99, 4, 4.604094871415897)]
    public void Quantiles_are_those_of_the_table(double probability, int freedom, double expected) =>
        Assert.Equal(expected, StudentT.TwoSidedQuantile(probability, freedom), tolerance: 1e-9);

    [Fact]
    public void With_many_degrees_of_freedom_it_is_the_normal_distribution() =>
        Assert.Equal(1.959963984540054, StudentT.TwoSidedQuantile(0.95, 10_000_000), tolerance: 1e-6);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_probability_outside_its_range_is_refused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSidedQuantile(probability, 4));
}
