using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class IterativePruningTests
{
    [Fact]
    public void What_is_left_goes_back_to_its_early_values_and_the_optimizer_starts_anew()
    {
        // T + 2 (T - T / 4) = 20: trainings of 8, 6 and 6 steps, rewound to step 2.
        using var bench = new SparsifierBench(new IterativePruningOptions { Rounds = 2, RewindShare = 0.25 }, share: 0.75, SmallNetwork.Create());
        var early = new Dictionary<string, float[]>();
        for (var step = 1; step <= 20; step++)
        {
            bench.Step(step);
            if (step == 2)
            {
                early = bench.Model.named_parameters().ToDictionary(item => item.Item1, item => bench.Values(item.Item1));
            }

            if (step is 8 or 14)
            {
                Assert.Equal(early["fc1.bias"], bench.Values("fc1.bias"));
                var weights = bench.Values("fc1.weight");
                Assert.All(weights.Zip(early["fc1.weight"]), pair => Assert.Equal(pair.First == 0 ? 0 : pair.Second, pair.First));
                Assert.Equal(0, bench.Optimizer.StateTensors()["fc1.weight.velocity"].abs().sum().item<float>());
            }

            // Of 42 weights, half go, then half of the rest, the second time 31.5, to the even number.
            var zeros = Sparsity.ZeroCount(bench["fc1.weight"]) + Sparsity.ZeroCount(bench["fc2.weight"]);
            Assert.Equal(step < 8 ? 0 : step < 14 ? 21 : 32, zeros);
        }
    }

    [Fact]
    public void Without_an_early_step_the_initial_weights_come_back()
    {
        using var model = SmallNetwork.Create();
        var initial = model.get_parameter("fc2.bias")!.detach().data<float>().ToArray();
        using var bench = new SparsifierBench(new IterativePruningOptions { Rounds = 1, RewindShare = 0 }, share: 0.5, SmallNetwork.Create());
        for (var step = 1; step <= 10; step++)
        {
            bench.Step(step);
        }

        Assert.Equal(initial, bench.Values("fc2.bias"));
    }

    [Fact]
    public void A_run_too_short_for_its_rounds_is_refused()
    {
        using var model = SmallNetwork.Create();
        var error = Assert.Throws<PruningException>(() => new SparsifierBench(new IterativePruningOptions { Rounds = 20 }, 0.5, model));

        Assert.Contains("The 21 trainings share the run's 20 steps", error.Why);
    }
}
