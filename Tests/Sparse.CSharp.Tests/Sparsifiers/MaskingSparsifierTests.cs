using SparseHybrid.Methods;
using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class MaskingSparsifierTests
{
    [Fact]
    public void Neither_momentum_nor_weight_decay_nor_gradients_wake_a_pruned_weight()
    {
        var method = new OneShotPruningOptions { WeightDecay = 0.1, MomentumTimeScale = 50 };
        using var bench = new SparsifierBench(method, share: 0.5, SmallNetwork.Create());
        for (var step = 1; step <= 10; step++)
        {
            bench.Step(step); // momentum builds up in all weights
        }

        var pruned = ZeroPlaces(bench);
        Assert.Equal(21, pruned.Count); // half of 24 + 18
        for (var step = 11; step <= 20; step++)
        {
            bench.Step(step);
            Assert.Equal(pruned, ZeroPlaces(bench));
            Assert.All(pruned, place => Assert.Equal(0f, bench.Optimizer.StateTensors()[$"{place.Name}.velocity"].data<float>().ToArray()[place.Index]));
        }
    }

    [Fact]
    public void Zeros_are_plain_zeros_without_a_sign()
    {
        using var bench = new SparsifierBench(new OneShotPruningOptions { FineTuningShare = 0 }, share: 0.5, SmallNetwork.Create(), totalSteps: 1);

        bench.Step(1);

        Assert.DoesNotContain(bench.Values("fc1.weight").Concat(bench.Values("fc2.weight")), value => value == 0 && float.IsNegative(value));
    }

    [Fact]
    public void The_smallest_weights_of_the_network_go_or_those_of_each_layer()
    {
        float[] Trained(PruningScope scope, string name)
        {
            using var bench = new SparsifierBench(new OneShotPruningOptions { FineTuningShare = 0, Scope = scope }, 0.5, SmallNetwork.Create(), totalSteps: 1);
            bench.Step(1, (_, value) => torch.zeros_like(value)); // the initial weights are pruned, but for a little decay
            return bench.Values(name);
        }

        using var model = SmallNetwork.Create();
        var names = new[] { "fc1.weight", "fc2.weight" };
        var magnitudes = names.ToDictionary(name => name, name => model.get_parameter(name)!.detach().data<float>().ToArray().Select(Math.Abs).ToArray());
        var ofNetwork = magnitudes.Values.SelectMany(values => values).Order().ElementAt(20);
        foreach (var name in names)
        {
            var ofLayer = magnitudes[name].Order().ElementAt(magnitudes[name].Length / 2 - 1);
            Assert.Equal(magnitudes[name].Select(value => value <= ofNetwork), Trained(PruningScope.Network, name).Select(value => value == 0));
            Assert.Equal(magnitudes[name].Select(value => value <= ofLayer), Trained(PruningScope.Layer, name).Select(value => value == 0));
        }
    }

    [Fact]
    public void Only_regularised_weights_are_pruned()
    {
        var groups = new[] { new ParameterGroup { Pattern = "fc1.*", Policy = new RegularizationPolicy("none", (_, _) => false) } };
        using var model = SmallNetwork.Create();
        var method = new OneShotPruningOptions { FineTuningShare = 0 };
        using var optimizer = new SparseOptimizer(model.named_parameters(), method, groups: groups);
        var options = PruningRuns.Options(method, share: 0.5);
        using var sparsifier = method.CreateSparsifier(new SparsifierContext(model, optimizer, options, TotalSteps: 1, StepsPerEpoch: 1))!;

        sparsifier.AfterStep(1);

        Assert.Equal(0, Optim.Sparsity.ZeroCount(model.get_parameter("fc1.weight")!));
        Assert.Equal(9, Optim.Sparsity.ZeroCount(model.get_parameter("fc2.weight")!));
        Assert.Equal(new SparsityCount(18, 9, 51, 42), SparsityCount.Of(model, optimizer.Plan.Policy));
    }

    private static List<(string Name, int Index)> ZeroPlaces(SparsifierBench bench) =>
    [
        .. new[] { "fc1.weight", "fc2.weight" }
            .SelectMany(name => bench.Values(name).Select((value, index) => (name, index, value)))
            .Where(item => item.value == 0)
            .Select(item => (item.name, item.index)),
    ];
}
