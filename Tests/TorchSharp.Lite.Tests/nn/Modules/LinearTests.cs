using System.Runtime.InteropServices;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class LinearTests
{
    [Fact]
    public void Output_is_input_times_weight_transposed_plus_bias()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = torch.nn.Linear(new TorchSharp.Modules.Parameter(Shaped([2, 3], 1, 2, 3, -1, 0, 1)), new TorchSharp.Modules.Parameter(Vector(10, 20)));

        Tensor output = layer.forward(Shaped([2, 3], 1, 0, 0, 1, 1, 1));

        Assert.Equal([2, 2], output.shape);
        AssertClose([11, 19, 16, 20], output);
        Assert.Equal((3L, 2L), (layer.in_features, layer.out_features));
    }

    [Fact]
    public void Without_bias_there_is_none()
    {
        using var layer = torch.nn.Linear(3, 2, hasBias: false);

        Assert.Null(layer.bias);
        Assert.Equal(["weight"], layer.named_parameters().Select(named => named.Item1));
        using Tensor ones = torch.ones([1, 3]);
        using Tensor output = layer.forward(ones);
        using Tensor sums = layer.weight.sum(1);
        AssertClose(Entries.Of(sums), output, 1e-6);
    }

    [Fact]
    public void An_input_of_the_wrong_width_is_refused_with_both_shapes()
    {
        using var layer = torch.nn.Linear(3, 2);
        using Tensor input = torch.ones([4, 5]);

        ExternalException error = Assert.Throws<ExternalException>(() => layer.forward(input));

        Assert.Contains("4x5", error.Message);
        Assert.Contains("3x2", error.Message);
    }

    [Fact]
    public void A_bias_that_does_not_fit_the_weight_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        ArgumentException error = Assert.Throws<ArgumentException>(() => torch.nn.Linear(torch.nn.Parameter(zeros(2, 3)), torch.nn.Parameter(zeros(3))));

        Assert.Contains("[2, 3]", error.Message);
    }

    [Fact]
    public void A_replaced_weight_is_used_and_the_old_one_freed()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = torch.nn.Linear(2, 1, hasBias: false, dtype: float64);
        TorchSharp.Modules.Parameter old = layer.weight;

        layer.weight = torch.nn.Parameter(Shaped([1, 2], 3, 4));

        Assert.True(old.IsInvalid);
        AssertClose([7], layer.forward(Shaped([1, 2], 1, 1)));
        Assert.Same(layer.weight, layer.parameters().Single());
    }
}
