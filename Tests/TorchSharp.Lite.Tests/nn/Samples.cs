using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

/// <summary>A module as users write them: components in fields, registered at the end of the constructor.</summary>
internal sealed class TwoLayers : torch.nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = torch.nn.Linear(2, 3);
    private readonly Parameter scale = torch.nn.Parameter(ones(1));
    private readonly Tensor shift = zeros(1);
    private readonly Sequential tail = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Linear(3, 1));

    internal TwoLayers()
        : base(nameof(TwoLayers)) => RegisterComponents();

    internal Parameter Scale => scale;

    internal Tensor Shift => shift;

    public override Tensor forward(Tensor input)
    {
        using Tensor inner = hidden.forward(input);
        using Tensor outer = tail.forward(inner);
        using Tensor scaled = outer * scale;
        return scaled + shift;
    }
}

/// <summary>A module with no components but those that a test registers.</summary>
internal sealed class Bare : torch.nn.Module
{
    internal Bare()
        : base(nameof(Bare))
    {
    }
}

/// <summary>A module of two inputs.</summary>
internal sealed class Product : torch.nn.Module<Tensor, Tensor, Tensor>
{
    internal Product()
        : base(nameof(Product))
    {
    }

    public override Tensor forward(Tensor input1, Tensor input2) => input1 * input2;
}
