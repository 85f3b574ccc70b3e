using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Sparsifiers;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class DynamicSparsityTests
{
    [Fact]
    public void A_network_is_sparse_before_its_first_step_and_at_random_places_that_the_seed_decides()
    {
        bool[] Places(long seed)
        {
            using var model = SmallNetwork.Create();
            var method = new RigLOptions();
            using var optimizer = new SparseHybrid.Optimizers.SparseOptimizer(model.named_parameters(), method);
            var options = PruningRuns.Options(method, share: 0.5) with { Seed = seed };
            using var sparsifier = method.CreateSparsifier(new SparsifierContext(model, optimizer, options, 20, 10));
            using var weight = model.get_parameter("fc1.weight")!.detach();
            return [.. weight.data<float>().ToArray().Select(value => value == 0)];
        }

        // 21 weights over (6 + 4) e and (3 + 6) e: 11 and 10.
        Assert.Equal(13, Places(1).Count(isZero => isZero));
        Assert.Equal(Places(1), Places(1));
        Assert.NotEqual(Places(1), Places(2));
    }

    [Fact]
    public void RigL_grows_where_the_dense_gradient_is_largest_and_drops_the_smallest()
    {
        var method = new RigLOptions { Period = 0.25, DropShare = 0.5, End = 0.9, WeightDecay = 0, MomentumTimeScale = 0 };
        using var bench = new SparsifierBench(method, share: 0.5, SmallNetwork.Create());
        for (var step = 1; step < 5; step++)
        {
            bench.Step(step, (_, value) => torch.zeros_like(value));
        }

        var before = bench.Values("fc1.weight");
        var gradient = Enumerable.Range(0, 24).Select(index => before[index] == 0 ? 1f + index : 0f).ToArray();
        bench.Step(5, (name, value) => name == "fc1.weight" ? torch.tensor(gradient).reshape(6, 4) : torch.zeros_like(value));
        var after = bench.Values("fc1.weight");

        // 0.5 / 2 (1 + cos(pi 5 / 18)) = 0.41 of 11 weights: 4 go, and the 4 zero places with the largest gradient come.
        var present = Enumerable.Range(0, 24).Where(index => before[index] != 0).OrderBy(index => Math.Abs(before[index])).ToList();
        var absent = Enumerable.Range(0, 24).Where(index => before[index] == 0).ToList();
        var expected = present.Skip(4).Concat(absent.TakeLast(4)).Order();
        Assert.Equal(expected, Enumerable.Range(0, 24).Where(index => after[index] != 0));
        Assert.All(absent.TakeLast(4), index => Assert.Equal(-0.5f * gradient[index], after[index])); // from zero, and one step of 0.5
    }

    [Fact]
    public void RigL_replaces_ever_fewer_and_none_after_its_end()
    {
        var schedule = new RigLSchedule(Period: 10, LastStep: 75, DropShare: 0.3);

        Assert.Equal([10, 20, 30, 40, 50, 60, 70], Enumerable.Range(1, 100).Where(step => schedule.ChangesAt(step)));
        Assert.Equal(0.3, schedule.DropShareAt(0));
        Assert.Equal(0.15, schedule.DropShareAt(37) / 2 + schedule.DropShareAt(38) / 2, 12);
        Assert.Equal(0, schedule.DropShareAt(75), 12);
    }

    [Fact]
    public void Set_replaces_weights_after_each_epoch_but_the_last_and_gives_new_ones_random_values()
    {
        using var bench = new SparsifierBench(new SparseEvolutionOptions { DropShare = 0.4 }, share: 0.5, SmallNetwork.Create(), seed: 3);
        var changes = new List<int>();
        var places = Places(bench);
        for (var step = 1; step <= 20; step++)
        {
            bench.Step(step);
            var now = Places(bench);
            if (!now.SequenceEqual(places))
            {
                changes.Add(step);
            }

            places = now;
            Assert.Equal(13, Sparsity.ZeroCount(bench["fc1.weight"]));
            Assert.Equal(8, Sparsity.ZeroCount(bench["fc2.weight"]));
        }

        Assert.Equal([10], changes); // two epochs of ten steps
    }

    private static int[] Places(SparsifierBench bench) =>
        [.. bench.Values("fc1.weight").Select((value, index) => (value, index)).Where(item => item.value == 0).Select(item => item.index)];
}
