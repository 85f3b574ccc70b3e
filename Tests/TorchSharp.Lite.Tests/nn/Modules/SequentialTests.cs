using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class SequentialTests
{
    [Fact]
    public void Modules_run_in_order_and_are_named_by_position()
    {
        using DisposeScope scope = NewDisposeScope();
        Linear first = torch.nn.Linear(torch.nn.Parameter(Shaped([2, 1], 1, -1)));
        Linear second = torch.nn.Linear(torch.nn.Parameter(Shaped([1, 2], 10, 100)), torch.nn.Parameter(Vector(5)));
        using Sequential network = torch.nn.Sequential(first, torch.nn.ReLU(), second);

        AssertClose([35, 305], network.call(Shaped([2, 1], 3, -3)));
        Assert.Equal(["0.weight", "2.weight", "2.bias"], network.state_dict().Keys);
        Assert.Equal(3, network.Count);
        Assert.Same(second, network[2]);
    }

    [Fact]
    public void Names_given_are_kept()
    {
        using Sequential network = torch.nn.Sequential(("fc", torch.nn.Linear(2, 3)), ("activation", torch.nn.ReLU()));
        network.append("out", torch.nn.Linear(3, 1)).append(torch.nn.Identity());

        Assert.Equal(["fc", "activation", "out", "3"], network.named_children().Select(child => child.Item1));
        Assert.Equal(["fc.weight", "fc.bias", "out.weight", "out.bias"], network.named_parameters().Select(named => named.Item1));
        Assert.Throws<InvalidOperationException>(() => network.append("fc", torch.nn.Identity()));
    }

    [Fact]
    public void Every_form_of_the_factory_takes_the_same_modules()
    {
        (string, torch.nn.Module<Tensor, Tensor>)[] named = [("a", torch.nn.ReLU()), ("b", torch.nn.Tanh())];
        torch.nn.Module<Tensor, Tensor>[] modules = [.. named.Select(pair => pair.Item2)];

        Assert.Equal(["a", "b"], Names(torch.nn.Sequential(named.AsEnumerable())));
        Assert.Equal(["a", "b"], Names(torch.nn.Sequential(named.Select(pair => Tuple.Create(pair.Item1, pair.Item2)))));
        Assert.Equal(["a", "b"], Names(torch.nn.Sequential(named.Select(pair => Tuple.Create(pair.Item1, pair.Item2)).ToArray())));
        Assert.Equal(["0", "1"], Names(torch.nn.Sequential(modules.AsEnumerable())));
        Assert.Equal(["0", "1"], Names(torch.nn.Sequential(modules)));
        Assert.Empty(Names(torch.nn.Sequential()));
    }

    [Fact]
    public void A_slice_is_the_same_part_of_the_same_modules()
    {
        using Sequential network = torch.nn.Sequential(("a", torch.nn.ReLU()), ("b", torch.nn.Tanh()), ("c", torch.nn.Sigmoid()));

        Assert.Equal(["b", "c"], Names(network[1..]));
        Assert.Equal(["a", "b"], Names(network[(null, 2)]));
        Assert.Same(network[1], network[1..][0]);
    }

    [Fact]
    public void Intermediate_results_are_freed_and_the_input_is_not()
    {
        using Sequential network = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Dropout(), torch.nn.Identity(), torch.nn.ReLU(), torch.nn.Linear(8, 2));
        using Tensor input = ones([3, 4]);
        long before = LiveTensors();

        Tensor output = network.call(input);

        Assert.Equal(before + 1, LiveTensors());
        output.Dispose();
        Assert.Equal(12, input.numel());
    }

    [Fact]
    public void An_empty_sequence_passes_its_input_on()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = Vector(1, 2);

        torch.nn.Sequential().call(input).Dispose();

        AssertClose([1, 2], input);
    }

    private static IEnumerable<string> Names(Sequential network) => network.named_children().Select(child => child.Item1);
}
