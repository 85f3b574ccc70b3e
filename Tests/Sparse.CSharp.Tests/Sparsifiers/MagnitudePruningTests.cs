using SparseHybrid.Methods;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class MagnitudePruningTests
{
    [Fact]
    public void Fine_tuning_goes_through_the_schedule_once_more_with_smaller_steps_and_fresh_momentum()
    {
        using var bench = new SparsifierBench(new OneShotPruningOptions { FineTuningShare = 0.25, FineTuningStepSize = 0.1 }, 0.5, SmallNetwork.Create());

        Assert.Equal([(1, 15), (15, 15), (1, 5), (5, 5)], new[] { 1, 15, 16, 20 }.Select(step => bench.Sparsifier.SchedulePosition(step, 20)));
        bench.Optimizer.StepSize = 0.5;
        bench.Step(15);
        Assert.Equal(0.5, bench.Optimizer.StepSize);
        Assert.Equal(0, bench.Optimizer.StateTensors()["fc1.bias.velocity"].abs().sum().item<float>());
        bench.Step(16);
        Assert.Equal(0.05, bench.Optimizer.StepSize, 12);
    }

    [Fact]
    public void The_subgradient_pulls_every_regularised_weight_by_lambda_until_pruning_and_not_after_it()
    {
        using var bench = new SparsifierBench(new L1SubgradientOptions { Strength = 0.25, FineTuningShare = 0.5 }, 0.5, SmallNetwork.Create());

        bench.SetGradients(1, (_, value) => torch.zeros_like(value));
        bench.Sparsifier.BeforeStep(1);
        Assert.Equal(bench.Values("fc1.weight").Select(value => 0.25f * MathF.Sign(value)), Gradient(bench, "fc1.weight"));
        Assert.All(Gradient(bench, "fc1.bias"), value => Assert.Equal(0, value));

        bench.Step(10);
        bench.SetGradients(11, (_, value) => torch.zeros_like(value));
        bench.Sparsifier.BeforeStep(11);
        Assert.All(Gradient(bench, "fc1.weight"), value => Assert.Equal(0, value));
    }

    private static float[] Gradient(SparsifierBench bench, string name) => bench[name].grad!.data<float>().ToArray();
}
