using SparseHybrid.Methods;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class GlobalSparseMomentumTests
{
    [Fact]
    public void Only_the_most_salient_weights_of_the_network_get_their_gradient_and_all_decay()
    {
        using var bench = new SparsifierBench(new GlobalSparseMomentumOptions { TotalDecay = 2 }, share: 0.75, SmallNetwork.Create());
        bench.SetGradients(1);
        var names = new[] { "fc1.weight", "fc2.weight" };
        var entries = names.SelectMany(name => bench.Values(name).Zip(Gradient(bench, name), (weight, gradient) => (weight, gradient))).ToList();
        var bias = Gradient(bench, "fc1.bias");

        bench.Sparsifier.BeforeStep(1);

        // 10 of 42 weights stay (31.5 zeros are rounded to 32). The step sizes of the schedule, a cosine from 1 over 20 steps, add up
        // to 9.5, so that eta is 2 / 9.5.
        var salient = entries.OrderByDescending(entry => Math.Abs(entry.weight * entry.gradient)).Take(10).ToHashSet();
        var expected = entries.Select(entry => (salient.Contains(entry) ? entry.gradient : 0) + 2 / 9.5 * entry.weight);
        Assert.All(
            expected.Zip(names.SelectMany(name => Gradient(bench, name))), pair => Assert.Equal(pair.First, pair.Second, 6));
        Assert.Equal(bias, Gradient(bench, "fc1.bias"));
    }

    [Fact]
    public void Nothing_is_zero_before_the_last_step()
    {
        using var bench = new SparsifierBench(new GlobalSparseMomentumOptions(), share: 0.75, SmallNetwork.Create());
        for (var step = 1; step <= 20; step++)
        {
            bench.Step(step);
            var zeros = bench.Values("fc1.weight").Concat(bench.Values("fc2.weight")).Count(value => value == 0);
            Assert.Equal(step < 20 ? 0 : 32, zeros);
        }
    }

    private static float[] Gradient(SparsifierBench bench, string name)
    {
        using var gradient = bench[name].grad!;
        return gradient.data<float>().ToArray();
    }
}
