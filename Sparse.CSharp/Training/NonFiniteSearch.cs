using SparseHybrid.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Training;

/// <summary>Finds where values that are not finite came from, once training has met one.</summary>
internal static class NonFiniteSearch
{
    /// <summary>The layer at fault and a sentence about it.</summary>
    /// <param name="Layer">Its name; "input" for the data, "loss" when no layer stands out.</param>
    /// <param name="What">The sentence.</param>
    public readonly record struct Finding(string Layer, string What);

    /// <summary>The first parameter, in the order of the network, whose gradient is not finite; null when all are.</summary>
    public static Finding? InGradients(torch.nn.Module model)
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var gradient = parameter.grad;
            if (gradient is not null && !FiniteCheck.AllFinite(gradient))
            {
                return new Finding(LayerOf(name), $"The gradient of '{name}' is not finite.");
            }
        }

        return null;
    }

    /// <summary>The first parameter that is not finite; null when all are.</summary>
    public static Finding? InParameters(torch.nn.Module model)
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!FiniteCheck.AllFinite(parameter))
            {
                return new Finding(LayerOf(name), $"The parameter '{name}' is no longer finite.");
            }
        }

        return null;
    }

    /// <summary>Why the loss of a batch is not finite: the parameters, the data, or the first layer whose output is not.</summary>
    public static Finding InForwardPass(Module<torch.Tensor, torch.Tensor> model, Batch batch)
    {
        if (InParameters(model) is { } parameter)
        {
            return parameter;
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
