using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class BatchNormTests
{
    [Fact]
    public void Training_uses_the_batch_and_moves_the_running_statistics()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm1d layer = torch.nn.BatchNorm1d(1, eps: 0, momentum: 0.25, dtype: float64);
        layer.weight = torch.nn.Parameter(Vector(2));
        layer.bias = torch.nn.Parameter(Vector(1));

        // Mean 3, variance 8/3 over n and 4 over n - 1.
        Tensor output = layer.forward(Shaped([3, 1], 1, 3, 5));

        double deviation = Math.Sqrt(8.0 / 3.0);
        AssertClose([1 - (4 / deviation), 1, 1 + (4 / deviation)], output);
        AssertClose([0.75], layer.running_mean);
        AssertClose([0.75 + 1], layer.running_var);
        Assert.Equal(1, layer.num_batches_tracked.item<long>());
    }

    [Fact]
    public void Evaluation_uses_the_running_statistics_and_leaves_them_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm2d layer = torch.nn.BatchNorm2d(2, eps: 0, dtype: float64);
        layer.running_mean = Vector(1, 2);
        layer.running_var = Vector(4, 16);
        layer.eval();

        Tensor output = layer.forward(Counting(1, 2, 1, 2));

        AssertClose([-0.5, 0, 0, 0.25], output);
        AssertClose([1, 2], layer.running_mean);
        Assert.Equal(0, layer.num_batches_tracked.item<long>());
    }

    [Fact]
    public void Without_momentum_all_batches_count_alike()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm1d layer = torch.nn.BatchNorm1d(1, dtype: float64);
        layer.momentum = null;

        foreach (double mean in new[] { 1.0, 2.0, 6.0 })
        {
            layer.forward(Shaped([2, 1], mean - 1, mean + 1));
        }

        AssertClose([3], layer.running_mean);
    }

    [Fact]
    public void Without_tracking_evaluation_uses_the_batch_too()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm1d layer = torch.nn.BatchNorm1d(1, eps: 0, affine: false, track_running_stats: false, dtype: float64);
        layer.eval();

        AssertClose([-1, 1], layer.forward(Shaped([2, 1], 10, 20)));
        Assert.Empty(layer.state_dict());
    }

    [Fact]
    public void State_holds_parameters_and_statistics()
    {
        using BatchNorm2d layer = torch.nn.BatchNorm2d(3);

        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], layer.state_dict().Keys);
        AssertClose([1, 1, 1], layer.weight);
        AssertClose([0, 0, 0], layer.bias);
        AssertClose([1, 1, 1], layer.running_var);
        Assert.Equal((1e-5, 0.1, true, true), (layer.eps, layer.momentum.Value, layer.affine, layer.track_running_stats));
    }

    [Fact]
    public void An_input_of_the_wrong_dimension_is_refused_with_its_shape()
    {
        using BatchNorm2d layer = torch.nn.BatchNorm2d(3);
        using Tensor input = zeros(2, 3);

        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => layer.forward(input)).Message);
    }
}
