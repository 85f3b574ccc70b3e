using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Activations that need more than the name of an operator.</summary>
internal static class ActivationConverter
{
    // From here on ln(1 + exp(x)) = x to within half a unit in the last place of float32.
    private const double LeastThreshold = 16;

    public static GraphValue Gelu(GELU module, ModuleSite site, GraphValue input)
    {
        var byTanh = module.approximate == GELU.Approximate.tanh;
        if (site.Graph.Opset >= 20)
        {
            return site.Elementwise("Gelu", input, Protos.Attribute("approximate", byTanh ? "tanh" : "none"));
        }

        var x = new Formula(site, input);
        var distribution = byTanh
            ? ((x * x * x * 0.044715 + x) * Math.Sqrt(2 / Math.PI)).Then("Tanh")
            : (x * (1 / Math.Sqrt(2))).Then("Erf");
        return ((distribution + 1) * x * 0.5).Value;
    }

    /// <summary>x * sigmoid(x).</summary>
    public static GraphValue Silu(ModuleSite site, GraphValue input)
    {
        var x = new Formula(site, input);
        return (x.Then("Sigmoid") * x).Value;
    }

    /// <summary>x * tanh(softplus(x)).</summary>
    public static GraphValue Mish(ModuleSite site, GraphValue input)
    {
        var x = new Formula(site, input);
        return site.Graph.Opset >= 18 ? site.Elementwise("Mish", input) : (x.Then("Softplus").Then("Tanh") * x).Value;
    }

    /// <summary>clip(x / 6 + 1/2, 0, 1).</summary>
    public static GraphValue Hardsigmoid(ModuleSite site, GraphValue input) =>
        site.Elementwise("HardSigmoid", input, Protos.Attribute("alpha", 1f / 6), Protos.Attribute("beta", 0.5f));

    /// <summary>x * hardsigmoid(x).</summary>
    public static GraphValue Hardswish(ModuleSite site, GraphValue input) => site.Graph.Opset >= 14
        ? site.Elementwise("HardSwish", input)
        : (new Formula(site, Hardsigmoid(site, input)) * new Formula(site, input)).Value;

    public static GraphValue Clip(ModuleSite site, GraphValue input, double least, double most) =>
        site.Append("Clip", input, input.Shape, [site.Number(least), site.Number(most)]);

    public static GraphValue Softplus(Softplus module, ModuleSite site, GraphValue input)
    {
        if (module.threshold < LeastThreshold || !(module.beta > 0))
        {
            throw site.Refusal(
                $"its threshold is {module.threshold} and its beta {module.beta}; ONNX's Softplus has no threshold.",
                $"Use a threshold of {LeastThreshold} or more, where it makes no difference, and a beta above 0.");
        }

        var x = new Formula(site, input);
        return module.beta == 1 ? site.Elementwise("Softplus", input) : ((x * module.beta).Then("Softplus") * (1 / module.beta)).Value;
    }

    public static GraphValue Prelu(PReLU module, ModuleSite site, GraphValue input)
    {
        var slopes = module.weight.shape[0];
        if (slopes != 1 && (input.Shape.Length == 0 || input.Shape[0] != slopes))
        {
            throw site.Misfit($"{slopes} channels", input);
        }

        // One slope per channel: ONNX aligns shapes at their ends, so that dimensions of 1 follow.
        long[] shape = slopes == 1 ? [1] : [slopes, .. input.Shape.Skip(1).Select(_ => 1L)];
        return site.Append("PRelu", input, input.Shape, [site.Tensor("weight", module.weight, shape)]);
    }

    /// <summary>Softmax or LogSoftmax.</summary>
    public static GraphValue Softmax(string operation, ModuleSite site, GraphValue input, long dimension) =>
        site.Elementwise(operation, input, Protos.Attribute("axis", site.Dimension(dimension, input)));
}
