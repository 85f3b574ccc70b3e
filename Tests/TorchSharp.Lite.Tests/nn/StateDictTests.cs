using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

public class StateDictTests
{
    [Fact]
    public void Names_are_those_of_PyTorch()
    {
        using Sequential network = torch.nn.Sequential(
            torch.nn.Conv2d(1, 2, 3, bias: false), torch.nn.BatchNorm2d(2), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(2, 2));

        Assert.Equal(
            ["0.weight", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "4.weight", "4.bias"],
            network.state_dict().Keys);
        Assert.Equal(["net.4.weight"], network.state_dict(prefix: "net").Keys.Where(name => name.Contains("4.w")));
    }

    [Fact]
    public void Loading_a_state_makes_two_modules_equal()
    {
        using DisposeScope scope = NewDisposeScope();
        using TwoLayers source = new(), destination = new();
        Tensor input = randn(5, 2);
        Assert.NotEqual(Entries.Of(source.call(input)), Entries.Of(destination.call(input)));
        Parameter scale = destination.Scale;

        (IList<string> missing, IList<string> unexpected) = destination.load_state_dict(source.state_dict());

        Assert.Equal(Entries.Of(source.call(input)), Entries.Of(destination.call(input)));
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Same(scale, destination.Scale); // the values change, the tensors stay
        Assert.True(scale.requires_grad);
    }

    [Fact]
    public void Names_that_differ_are_refused_when_strict_and_reported_otherwise()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear layer = torch.nn.Linear(2, 1, dtype: float64);
        Dictionary<string, Tensor> state = new() { ["weight"] = Shaped([1, 2], 7, 8), ["extra"] = Vector(1) };
        double[] before = Entries.Of(layer.weight);

        string message = Assert.Throws<InvalidOperationException>(() => layer.load_state_dict(state)).Message;
        Assert.Contains("missing [bias]", message);
        Assert.Contains("unexpected [extra]", message);
        Assert.Equal(before, Entries.Of(layer.weight));

        (IList<string> missing, IList<string> unexpected) = layer.load_state_dict(state, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["extra"], unexpected);
        AssertClose([7, 8], layer.weight);
    }

    [Fact]
    public void Skipped_names_are_left_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear layer = torch.nn.Linear(2, 1, dtype: float64);
        double[] bias = Entries.Of(layer.bias);

        layer.load_state_dict(new() { ["weight"] = Shaped([1, 2], 7, 8), ["bias"] = Vector(9) }, skip: ["bias"]);

        AssertClose([7, 8], layer.weight);
        AssertClose(bias, layer.bias, 0);
    }

    [Fact]
    public void Buffers_marked_so_stay_out_of_the_state()
    {
        using Bare module = new();
        module.register_buffer("kept", ones(1));
        module.register_buffer("scratch", ones(1), persistent: false);

        Assert.Equal(["kept"], module.state_dict().Keys);
        Assert.Equal(["kept", "scratch"], module.named_buffers().Select(named => named.Item1));
        Assert.Equal(["kept"], module.named_buffers(include_nonpersistent: false).Select(named => named.Item1));
    }
}
