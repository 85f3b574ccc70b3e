using SparseHybrid.Methods;
using SparseHybrid.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class NetworkSlimmingTests
{
    [Fact]
    public void The_weakest_channels_go_with_all_weights_that_make_or_read_them()
    {
        using var bench = new SparsifierBench(new NetworkSlimmingOptions { FineTuningShare = 0 }, share: 0.5, PruningRuns.Network(), totalSteps: 2);
        using (torch.no_grad())
        {
            // Strong ones first: of norm1 channels 4 to 9 are weaker than all of norm2.
            bench["norm1.weight"].copy_(torch.tensor(new float[] { 9, 8, 7, 6, 0.1f, 0.2f, -0.1f, 0.3f, 0.15f, 0.25f }));
            bench["norm2.weight"].copy_(torch.arange(10, dtype: torch.ScalarType.Float32).add(1));
        }

        bench.Sparsifier.AfterStep(2);

        // 6 channels of norm1 make 54 + 540 zeros of 1 150, 5 of them 495: 575 are asked for.
        Assert.Equal(6 * 9, Zeros(bench, "conv1.weight"));
        Assert.Equal(6 * 90, Zeros(bench, "conv2.weight"));
        Assert.Equal(0, Zeros(bench, "fc.weight"));
        foreach (var name in new[] { "norm1.weight", "conv1.bias" })
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(channel => channel >= 4), bench.Values(name).Select(value => value == 0));
        }
    }

    [Fact]
    public void The_network_computes_what_it_would_without_those_channels()
    {
        using var bench = new SparsifierBench(new NetworkSlimmingOptions { FineTuningShare = 0 }, share: 0.7, PruningRuns.Network(), totalSteps: 2);
        using (torch.no_grad())
        {
            bench["norm1.weight"].copy_(torch.rand(10));
            bench["norm2.weight"].copy_(torch.rand(10));
            bench["norm1.bias"].copy_(torch.randn(10));
            bench["norm2.bias"].copy_(torch.randn(10));
        }

        bench.Sparsifier.AfterStep(2);
        bench.Model.eval();
        using var inputs = torch.randn(3, 1, 4, 4);
        using var outputs = bench.Model.call(inputs);

        // Whatever the weights that make or read a pruned channel are: it is zero.
        using (torch.no_grad())
        {
            foreach (var name in new[] { "conv1.weight", "conv2.weight", "fc.weight" })
            {
                using var isZero = bench[name].eq(0);
                Assert.True(isZero.any().item<bool>());
                bench[name].masked_fill_(isZero, 7);
            }
        }

        using var same = bench.Model.call(inputs);
        Assert.True(outputs.allclose(same));
    }

    [Fact]
    public void Scales_start_at_one_half_and_are_pulled_by_lambda_until_pruning()
    {
        using var bench = new SparsifierBench(new NetworkSlimmingOptions { Strength = 0.125 }, share: 0.5, PruningRuns.Network());
        Assert.All(bench.Values("norm1.weight"), value => Assert.Equal(0.5f, value));

        bench.SetGradients(1, (_, value) => torch.zeros_like(value));
        bench.Sparsifier.BeforeStep(1);

        Assert.All(bench["norm2.weight"].grad!.data<float>().ToArray(), value => Assert.Equal(0.125f, value));
        Assert.All(bench["norm2.bias"].grad!.data<float>().ToArray(), value => Assert.Equal(0, value));
        Assert.All(bench["conv2.weight"].grad!.data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Pruned_channels_stay_gone_through_fine_tuning()
    {
        using var bench = new SparsifierBench(new NetworkSlimmingOptions { WeightDecay = 0.1 }, share: 0.6, PruningRuns.Network());
        string[] names = ["conv1.weight", "conv1.bias", "norm1.weight", "norm1.bias", "conv2.weight", "norm2.weight", "norm2.bias", "fc.weight"];
        var zeros = new Dictionary<string, long>();
        for (var step = 1; step <= 20; step++)
        {
            bench.Step(step);
            if (step == 10)
            {
                zeros = names.ToDictionary(name => name, name => Zeros(bench, name));
                Assert.All(zeros.Values, count => Assert.NotEqual(0, count));
            }
        }

        Assert.Equal(zeros, names.ToDictionary(name => name, name => Zeros(bench, name)));
    }

    [Fact]
    public void A_network_without_norms_and_a_share_out_of_reach_are_refused()
    {
        using var withoutNorms = SmallNetwork.Create();
        using var model = PruningRuns.Network();
        Assert.Contains(
            "normalisation layers, and the network has none",
            Assert.Throws<PruningException>(() => new SparsifierBench(new NetworkSlimmingOptions(), 0.5, withoutNorms)).Message);
        Assert.Contains(
            "At most 0.97",
            Assert.Throws<PruningException>(() => new SparsifierBench(new NetworkSlimmingOptions(), 0.99, model)).Message);
    }

    private static long Zeros(SparsifierBench bench, string name) => Optim.Sparsity.ZeroCount(bench[name]);
}
