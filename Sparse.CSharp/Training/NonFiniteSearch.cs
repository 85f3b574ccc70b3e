using SparseHybrid.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Training;

/// <summary>Notices values that are not finite, and finds where they came from.</summary>
/// <param name="model">The network under training; its parameters stay the same objects.</param>
internal sealed class NonFiniteSearch(Module<torch.Tensor, torch.Tensor> model)
{
    private readonly (string Name, Parameter Parameter)[] parameters = [.. model.named_parameters()];

    /// <summary>What is wrong, and in which layer.</summary>
    /// <param name="Layer">Its name; "input" for the data, "loss" when no layer stands out.</param>
    /// <param name="What">A sentence.</param>
    public sealed record Finding(string Layer, string What);

    /// <summary>What is wrong with a loss and the gradients that it left behind; null when nothing is. Waits for the device.</summary>
    public Finding? AfterBackward(torch.Tensor loss, Batch batch) =>
        float.IsFinite(loss.item<float>()) ? InGradients() : InForwardPass(batch);

    /// <summary>The first parameter, in the order of the network, that is not finite; null when all are.</summary>
    public Finding? InParameters() =>
        Array.Find(parameters, item => !FiniteCheck.AllFinite(item.Parameter)) is ({ } name, _)
            ? new Finding(LayerOf(name), $"The parameter '{name}' is no longer finite.")
            : null;

    private Finding? InGradients()
    {
        foreach (var (name, parameter) in parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is not null && !FiniteCheck.AllFinite(gradient))
            {
                return new Finding(LayerOf(name), $"The gradient of '{name}' is not finite.");
            }
        }

        return null;
    }

    // The parameters, the data, or the first layer whose output is not finite.
    private Finding InForwardPass(Batch batch)
    {
        if (InParameters() is { } finding)
        {
            return finding;
        }

        if (!FiniteCheck.AllFinite(batch.Inputs))
        {
            return new Finding("input", "The inputs of a batch are not finite.");
        }

        return (model is Sequential layers ? InLayers(layers, batch.Inputs) : null) ?? new Finding("loss", "The loss is not finite.");
    }

    private static Finding? InLayers(Sequential layers, torch.Tensor inputs)
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var values = inputs;
        foreach (var (name, layer) in layers.named_children())
        {
            if (layer is not IModule<torch.Tensor, torch.Tensor> function)
            {
                return null;
            }

            values = function.call(values);
            if (!FiniteCheck.AllFinite(values))
            {
                return new Finding(name, $"The output of the layer '{name}' is not finite.");
            }
        }

        return null;
    }

    // "block1.conv.weight" belongs to the layer "block1.conv".
    private static string LayerOf(string parameter) => parameter.LastIndexOf('.') is > 0 and var dot ? parameter[..dot] : parameter;
}
