using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

public class ModuleRegistrationTests
{
    [Fact]
    public void Fields_are_registered_under_their_names()
    {
        using TwoLayers module = new();

        Assert.Equal(
            ["scale", "hidden.weight", "hidden.bias", "tail.1.weight", "tail.1.bias"],
            module.named_parameters().Select(named => named.Item1));
        Assert.Equal(["scale"], module.named_parameters(recurse: false).Select(named => named.Item1));
        Assert.Equal(["shift"], module.named_buffers().Select(named => named.Item1));
        Assert.Equal(["hidden", "tail"], module.named_children().Select(named => named.Item1));
        Assert.Equal(["hidden", "tail", "tail.0", "tail.1"], module.named_modules().Select(named => named.Item1));
        Assert.Equal(["Linear", "Sequential", "ReLU", "Linear"], module.modules().Select(child => child.GetName()));
        Assert.Equal(5, module.parameters().Count());
        Assert.Same(module.Shift, module.buffers().Single());
    }

    [Fact]
    public void Components_are_found_by_their_full_names()
    {
        using TwoLayers module = new();

        Assert.Same(module.Scale, module.get_parameter("scale"));
        Assert.Equal([1, 3], module.get_parameter("tail.1.weight").shape);
        Assert.Same(module.Shift, module.get_buffer("shift"));
        Assert.True(module.has_parameter("hidden.bias"));
        Assert.False(module.has_parameter("hidden.scale"));
        Assert.Null(module.get_parameter("nowhere.weight"));
        Assert.False(module.has_buffer("scale"));
    }

    [Fact]
    public void A_parameter_in_two_places_is_listed_once_and_saved_twice()
    {
        using Linear layer = torch.nn.Linear(2, 2, hasBias: false);
        using Sequential network = torch.nn.Sequential(layer, torch.nn.ReLU(), layer);

        Assert.Equal(["0.weight"], network.named_parameters().Select(named => named.Item1));
        Assert.Equal(["0.weight", "2.weight"], network.state_dict().Keys);
    }

    [Fact]
    public void Names_must_be_free_not_empty_and_without_dots()
    {
        using DisposeScope scope = NewDisposeScope();
        using Bare module = new();
        module.register_parameter("a", torch.nn.Parameter(ones(1)));

        Assert.Contains("'a'", Assert.Throws<InvalidOperationException>(() => module.register_buffer("a", ones(1))).Message);
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", torch.nn.ReLU()));
        Assert.Throws<ArgumentException>(() => module.register_parameter(string.Empty, torch.nn.Parameter(ones(1))));
        Assert.Throws<ArgumentNullException>(() => module.register_parameter("b", null));
    }

    [Fact]
    public void A_layer_without_parameters_takes_none()
    {
        using DisposeScope scope = NewDisposeScope();
        using ReLU layer = torch.nn.ReLU();

        Assert.Contains("ReLU", Assert.Throws<InvalidOperationException>(() => layer.register_parameter("a", torch.nn.Parameter(ones(1)))).Message);
        Assert.IsAssignableFrom<IParameterLessModule>(layer);
    }

    [Fact]
    public void What_is_registered_outlives_the_dispose_scope_it_was_made_in()
    {
        TwoLayers module;
        using (NewDisposeScope())
        {
            module = new TwoLayers();
        }

        Assert.All(module.state_dict().Values, tensor => Assert.False(tensor.IsInvalid));
        module.Dispose();
        Assert.True(module.Scale.IsInvalid);
        Assert.True(module.Shift.IsInvalid);
    }

    [Fact]
    public void Disposing_a_module_frees_all_its_tensors()
    {
        long before = Numbers.LiveTensors();
        TwoLayers module = new();
        Assert.Equal(before + 6, Numbers.LiveTensors());

        module.Dispose();

        Assert.Equal(before, Numbers.LiveTensors());
    }
}
