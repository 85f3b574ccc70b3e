using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class GradualPruningTests
{
    [Fact]
    public void Zeros_follow_the_cubic_curve_and_never_come_back()
    {
        var method = new GradualPruningOptions { Begin = 0.1, End = 0.5, Period = 0.1 };
        using var bench = new SparsifierBench(method, share: 0.9, SmallNetwork.Create());
        var previous = new bool[24];
        for (var step = 1; step <= 20; step++)
        {
            bench.Step(step);

            // 42 weights; pruned after steps 2, 4, 6, 8 and 10, that is, 0 to 4 quarters of the way.
            var done = Math.Clamp(step / 2 - 1, 0, 4) / 4.0;
            var zeros = Sparsity.ZeroCount(bench["fc1.weight"]) + Sparsity.ZeroCount(bench["fc2.weight"]);
            Assert.Equal((long)Math.Round(42 * 0.9 * (1 - Math.Pow(1 - done, 3))), zeros);
            var present = bench.Values("fc1.weight").Select(value => value == 0).ToArray();
            Assert.DoesNotContain(true, previous.Zip(present, (before, now) => before && !now));
            previous = present;
        }
    }
}
