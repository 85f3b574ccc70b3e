using SparseHybrid.Methods;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class SweepPlanTests
{
    private static readonly SweepOptions Options = new()
    {
        Variable = SweepVariable.Lambda,
        Values = [1e-6, 5e-6],
        Methods = [new XrdaOptions(), new RdaOptions()],
        Seeds = [1, 2],
    };

    [Fact]
    public void Every_method_meets_every_value_and_every_seed_once_value_by_value()
    {
        var points = SweepPlan.Of(Options).Points;
        Assert.Equal(
            [
                "xrda-lambda-1e-6-seed-1", "xrda-lambda-1e-6-seed-2", "rda-lambda-1e-6-seed-1", "rda-lambda-1e-6-seed-2",
                "xrda-lambda-5e-6-seed-1", "xrda-lambda-5e-6-seed-2", "rda-lambda-5e-6-seed-1", "rda-lambda-5e-6-seed-2",
            ],
            points.Select(point => point.Name));
        Assert.All(points, point => Assert.Null(point.Start));
        Assert.All(points, point => Assert.Null(point.TargetSparsity));
        Assert.Equal([1e-6, 5e-6], points.Select(point => point.Lambda!.Value).Distinct());
    }

    [Fact]
    public void With_warm_starts_a_run_begins_with_the_one_before_it_on_the_path_of_its_method_and_seed()
    {
        var points = SweepPlan.Of(Options with { WarmStart = true }).Points;
        Assert.All(points.Take(4), point => Assert.Null(point.Start));
        Assert.All(points.Skip(4), point => Assert.Equal(point.Name.Replace("5e-6", "1e-6"), point.Start));
    }

    [Fact]
    public void Shares_of_zeros_are_named_as_such()
    {
        var plan = SweepPlan.Of(Options with { Variable = SweepVariable.TargetSparsity, Values = [0.968] });
        Assert.Equal("xrda-zeros-0.968-seed-1", plan.Points[0].Name);
        Assert.Equal(0.968, plan.Points[0].TargetSparsity);
        Assert.Null(plan.Points[0].Lambda);
    }

    [Fact]
    public void Settings_out_of_range_are_all_named_at_once()
    {
        var wrong = Options with { Values = [1e-6, -1, 1e-6], Seeds = [], Methods = [new XrdaOptions(), new XrdaOptions()] };
        var message = Assert.Throws<ArgumentException>(() => SweepPlan.Of(wrong)).Message;
        Assert.Contains("Values is -1", message);
        Assert.Contains("Values is [1E-06, -1, 1E-06], expected at least one, each once", message);
        Assert.Contains("Seeds is []", message);
        Assert.Contains("Methods is [xrda, xrda]", message);
    }

    [Fact]
    public void A_method_that_does_not_heed_what_varies_is_refused() => Assert.Contains(
        "Methods is sgd, expected methods with a penalty",
        Assert.Throws<ArgumentException>(() => SweepPlan.Of(Options with { Methods = [new SgdOptions()] })).Message);

    [Theory]
    [InlineData(SweepVariable.TargetSparsity, 0)]
    [InlineData(SweepVariable.TargetSparsity, 1)]
    [InlineData(SweepVariable.TargetSparsity, double.NaN)]
    [InlineData(SweepVariable.Lambda, double.PositiveInfinity)]
    public void Values_outside_their_range_are_refused(SweepVariable variable, double value) =>
        Assert.Throws<ArgumentException>(() => SweepPlan.Of(Options with { Variable = variable, Values = [value] }));
}
