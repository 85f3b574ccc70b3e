using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

public class ModuleConversionTests
{
    [Fact]
    public void Moving_to_where_it_is_changes_nothing()
    {
        using TwoLayers module = new();
        Tensor[] before = [.. module.state_dict().Values];

        Assert.Same(module, module.to(CPU).cpu().to("cpu").to(float32).to(DeviceType.CPU));

        Assert.Equal(before, module.state_dict().Values);
    }

    [Fact]
    public void Conversion_replaces_tensors_in_fields_and_frees_the_old_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        using TwoLayers module = new();
        Parameter oldScale = module.Scale;
        module.call(ones(1, 2)).sum().backward();
        long before = Tensor.TotalCount;

        module.to(float64);

        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(oldScale.IsInvalid);
        Assert.All(module.state_dict().Values, tensor => Assert.Equal(float64, tensor.dtype));
        Assert.Same(module.Scale, module.get_parameter("scale"));
        Assert.Same(module.Shift, module.get_buffer("shift"));
        Assert.Equal(float64, module.Scale.grad.dtype);
        Assert.True(module.Scale.requires_grad);
        Assert.Equal(float64, module.call(ones([1, 2], float64)).dtype);
    }

    [Fact]
    public void Counts_keep_their_integer_type()
    {
        using BatchNorm1d layer = torch.nn.BatchNorm1d(2).to(float64);

        Assert.Equal(int64, layer.num_batches_tracked.dtype);
        Assert.Equal(float64, layer.running_mean.dtype);
        Assert.Same(layer.running_mean, layer.get_buffer("running_mean"));
    }

    [Fact]
    public void A_parameter_in_two_places_stays_one()
    {
        using Linear layer = torch.nn.Linear(2, 2);
        using Sequential network = torch.nn.Sequential(layer, layer);

        network.to(float64);

        Assert.Equal(2, network.parameters().Count());
        using Tensor input = ones([1, 2], float64);
        using Tensor output = network.call(input);
        Assert.Equal(float64, output.dtype);
    }

    [Fact]
    public void Half_there_and_back_rounds()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear layer = torch.nn.Linear(1, 1, hasBias: false);
        layer.weight = torch.nn.Parameter(tensor(new float[] { 1.0001f }).reshape(1, 1));

        AssertClose([1], layer.half().@float().weight, 0);
    }
}
