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

        return InLayers(batch.Inputs) ?? new Finding("loss", "The loss is not finite.");
    }

    // Runs the network once more and watches what each layer gives. What a run changes by itself (statistics of batch
    // normalisation, the random state) is put back: the state is about to be saved.
    private Finding? InLayers(torch.Tensor inputs)
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var random = torch.get_rng_state();
        var buffers = model.named_buffers().Select(item => (Buffer: item.Item2, Saved: item.Item2.clone())).ToList();
        Finding? first = null;
        var removals = model.named_modules()
            .Select(item => (Name: item.Item1, Layer: item.Item2 as Module<torch.Tensor, torch.Tensor>))
            .Where(item => item.Name.Length > 0 && item.Layer is not null)
            .Select(item => item.Layer!.register_forward_hook((_, _, output) =>
            {
                first ??= FiniteCheck.AllFinite(output) ? null : new Finding(item.Name, $"The output of the layer '{item.Name}' is not finite.");
                return null!; // the output stays as it is
            }))
            .ToList();
        try
        {
            model.call(inputs);
        }
        finally
        {
            removals.ForEach(removal => removal.remove());
            buffers.ForEach(item => item.Buffer.copy_(item.Saved));
            torch.set_rng_state(random);
        }

        return first;
    }

    // "block1.conv.weight" belongs to the layer "block1.conv".
    private static string LayerOf(string parameter) => parameter.LastIndexOf('.') is > 0 and var dot ? parameter[..dot] : parameter;
}
