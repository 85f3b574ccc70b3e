using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Tests.Methods;

public sealed class PruningOptionsTests
{
    [Fact]
    public void Defaults_are_those_documented()
    {
        Assert.Equal((9.5, 5e-4), (new RigLOptions().MomentumTimeScale, new RigLOptions().WeightDecay));
        Assert.Equal(new OneShotPruningOptions { Scope = PruningScope.Network, FineTuningShare = 0.5, FineTuningStepSize = 1 }, new OneShotPruningOptions());
        Assert.Equal(
            new L1SubgradientOptions { Strength = 1e-4, Scope = PruningScope.Network, FineTuningShare = 0.2, FineTuningStepSize = 0.3 }, new L1SubgradientOptions());
        Assert.Equal(new GradualPruningOptions { Scope = PruningScope.Network, Begin = 0.1, End = 0.7, Period = 0.01 }, new GradualPruningOptions());
        Assert.Equal(new IterativePruningOptions { Scope = PruningScope.Network, Rounds = 2, RewindShare = 0.05 }, new IterativePruningOptions());
        Assert.Equal(new SparseEvolutionOptions { Distribution = DensityDistribution.ErdosRenyi, DropShare = 0.3, End = 0.75, NewSpread = 0.1 }, new SparseEvolutionOptions());
        Assert.Equal(
            new RigLOptions { Distribution = DensityDistribution.ErdosRenyiKernel, DropShare = 0.3, Period = 0.03, End = 0.75 }, new RigLOptions());
        Assert.Equal(new GlobalSparseMomentumOptions { TotalDecay = 1 }, new GlobalSparseMomentumOptions());
        Assert.Equal(
            new NetworkSlimmingOptions { Strength = 1e-4, InitialScale = 0.5, FineTuningShare = 0.5, FineTuningStepSize = 1 }, new NetworkSlimmingOptions());
    }

    [Fact]
    public void Settings_out_of_range_are_all_named()
    {
        AssertProblems(new OneShotPruningOptions { Scope = (PruningScope)7, FineTuningShare = 1, FineTuningStepSize = 0 }, "Scope", "FineTuningShare", "FineTuningStepSize");
        AssertProblems(new L1SubgradientOptions { Strength = -1, FineTuningShare = double.NaN }, "Strength", "FineTuningShare");
        AssertProblems(new GradualPruningOptions { Begin = 0.8, Period = 0, WeightDecay = -1 }, "Begin", "Period", "WeightDecay");
        AssertProblems(new GradualPruningOptions { End = 1.1 }, "End");
        AssertProblems(new IterativePruningOptions { Rounds = 0, RewindShare = 1, MomentumTimeScale = -1 }, "Rounds", "RewindShare", "MomentumTimeScale");
        AssertProblems(new SparseEvolutionOptions { Distribution = (DensityDistribution)9, DropShare = 1.5, End = -1, NewSpread = 0 }, "Distribution", "DropShare", "End", "NewSpread");
        AssertProblems(new RigLOptions { DropShare = -0.1, Period = 1.5, End = 2 }, "DropShare", "Period", "End");
        AssertProblems(new GlobalSparseMomentumOptions { TotalDecay = double.PositiveInfinity }, "TotalDecay");
        AssertProblems(new NetworkSlimmingOptions { Strength = -1, InitialScale = 0 }, "Strength", "InitialScale");
        AssertProblems(new StructuredLassoOptions { MomentumTimeScale = -1, WeightDecay = double.NaN }, "MomentumTimeScale", "WeightDecay");
    }

    [Fact]
    public void The_group_lasso_of_ssl_takes_its_lambda_from_the_run_and_groups_by_rows()
    {
        Assert.Equal(
            Regularizers.GroupLasso(0.25, Grouping.Row), new StructuredLassoOptions().Penalty(Regularizers.AdaptiveL1(0.25, 500, 9.5, Grouping.Element)));
        Assert.Equal(
            Regularizers.GroupLasso(0, Grouping.Column), new StructuredLassoOptions { Grouping = Grouping.Column }.Penalty(Regularizers.Zero()));
    }

    private static void AssertProblems(MethodOptions options, params string[] names)
    {
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All(names, name => Assert.Contains($"{name} is ", message));
    }
}
