using SparseHybrid.TargetSparsity;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class StrengthLawTests
{
    private readonly StrengthLaw law = new(target: 0.9, tolerance: 0.005, SparsityPath.OfWeights);

    public static TheoryData<PlantKind, double, double> Plants()
    {
        var data = new TheoryData<PlantKind, double, double>();
        foreach (var target in new[] { 0.8, 0.9, 0.95, 0.98 })
        {
            data.Add(PlantKind.ProximalGradient, target, 2e-3);
            data.Add(PlantKind.AdaptiveDualAveraging, target, 4e-6);
            data.Add(PlantKind.GroupedDualAveraging, target, 2e-5);
            data.Add(PlantKind.DualAveraging, target, 2e-3);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Plants))]
    public void Simulated_runs_end_within_half_a_point_of_the_target(PlantKind kind, double target, double firstLambda)
    {
        foreach (var steps in new[] { 600, 1500 })
        {
            var share = new SparsityPlant(kind, weights: 1000, seed: 7).Run(target, steps, firstLambda);

            Assert.InRange(share, target - 0.005, target + 0.005);
        }
    }

    [Theory]
    [InlineData(PlantKind.AdaptiveDualAveraging, 4e-6)]
    [InlineData(PlantKind.GroupedDualAveraging, 2e-5)]
    [InlineData(PlantKind.DualAveraging, 2e-3)]
    [InlineData(PlantKind.ProximalGradient, 2e-3)]
    public void A_start_ten_times_too_large_or_small_is_made_up_for(PlantKind kind, double firstLambda)
    {
        foreach (var factor in new[] { 0.1, 10 })
        {
            var share = new SparsityPlant(kind, weights: 1000, seed: 8).Run(0.9, steps: 1500, factor * firstLambda);

            Assert.InRange(share, 0.895, 0.905);
        }
    }

    [Fact]
    public void Too_few_zeros_raise_lambda_and_too_many_lower_it()
    {
        var before = new StrengthLawState(LogFactor: 1, Progress: 0.5);

        Assert.True(law.Next(before, Seen(0.51, 0.5)).LogFactor > 1);
        Assert.True(law.Next(before, Seen(0.51, 0.99)).LogFactor < 1);
    }

    [Fact]
    public void On_the_path_lambda_stays()
    {
        var state = new StrengthLawState(LogFactor: 1);
        for (var i = 1; i <= 100; i++)
        {
            var progress = i / 100.0;
            state = law.Next(state, Seen(progress, 1 - Math.Exp(SparsityPath.OfWeights.LogDensity(0.9, progress))));
        }

        Assert.Equal(1, state.LogFactor, 9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_share_that_never_moves_drives_lambda_at_a_limited_speed(double share)
    {
        var state = new StrengthLawState(LogFactor: 0);
        for (var i = 1; i <= 1000; i++)
        {
            state = law.Next(state, Seen(i / 1000.0, share));
        }

        Assert.True(double.IsFinite(state.LogFactor));
        Assert.InRange(Math.Abs(state.LogFactor), 5, 12.001); // 12 natural logarithms in a whole run
        Assert.Equal(share == 0, state.LogFactor > 0);
    }

    [Fact]
    public void While_the_step_size_falls_lambda_may_move_faster()
    {
        var before = new StrengthLawState(LogFactor: 0, Progress: 0.99, StepSize: 1e-3);

        var steady = law.Next(before, new SparsityObservation(0.991, 0.5, 1e-3)).LogFactor;
        var annealed = law.Next(before, new SparsityObservation(0.991, 0.5, 1e-4)).LogFactor;

        Assert.Equal(0.5 * Math.Log(10), annealed - steady, 9);
    }

    [Fact]
    public void While_errors_alternate_changes_shrink()
    {
        var state = new StrengthLawState(LogFactor: 0);
        var changes = new List<double>();
        for (var i = 1; i <= 40; i++)
        {
            var before = state.LogFactor;
            state = law.Next(state, Seen(0.95 + i * 1e-3, i % 2 == 0 ? 0.5 : 0.99));
            changes.Add(Math.Abs(state.LogFactor - before));
        }

        Assert.InRange(changes[^1], 0, 0.11 * changes[0]);
    }

    [Fact]
    public void A_state_comes_back_from_its_numbers()
    {
        var state = law.Next(law.Next(new StrengthLawState(-3), Seen(0.1, 0.2)), Seen(0.2, 0.4));

        Assert.Equal(StrengthLawState.Size, state.ToNumbers().Length);
        Assert.Equal(state, StrengthLawState.Of(state.ToNumbers()));
    }

    private static SparsityObservation Seen(double progress, double share) => new(progress, share, StepSize: 0.1);
}
