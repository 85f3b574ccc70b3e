using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class DropoutTests
{
    [Fact]
    public void Training_drops_as_PyTorch_does_for_the_same_seed()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dropout layer = torch.nn.Dropout(0.5);
        manual_seed(1);

        AssertClose([2, 2, 2, 2, 0, 2, 2, 0], layer.forward(ones(8)), 0);
    }

    [Fact]
    public void Evaluation_passes_the_input_on()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dropout layer = torch.nn.Dropout(0.9);
        layer.eval();
        Tensor input = Vector(1, 2, 3);

        Tensor output = layer.forward(input);
        output.Dispose();

        AssertClose([1, 2, 3], input, 0); // the output was a handle of its own
    }

    [Fact]
    public void A_probability_above_one_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dropout layer = torch.nn.Dropout(1.5);
        Tensor input = ones(2);

        Assert.Contains("1.5", Assert.Throws<ExternalException>(() => layer.forward(input)).Message);
    }
}
