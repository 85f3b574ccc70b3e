using TorchSharp;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace SparseHybrid.Sparsifiers;

/// <summary>A normalisation layer, and the layers around it that its channels belong to.</summary>
/// <param name="Name">Path of the normalisation layer.</param>
/// <param name="Norm">The layer itself.</param>
/// <param name="Producer">Path of the convolution or linear layer whose output it normalises, and nobody else reads; null: unknown.</param>
/// <param name="Consumer">Path and layer of the convolution or linear layer that alone reads its output, through layers that keep zeros; null: unknown.</param>
internal sealed record NormalisedChannels(string Name, NormBase Norm, string? Producer, (string Name, Module Layer)? Consumer)
{
    /// <summary>All normalisation layers of a network that scale their channels.</summary>
    public static IReadOnlyList<NormalisedChannels> Of(Module model)
    {
        var order = CallOrder.Of(model);
        return
        [
            .. Enumerable.Range(0, order.Count)
                .Where(index => order[index]?.Layer is NormBase { affine: true })
                .Select(index => new NormalisedChannels(
                    order[index]!.Name,
                    (NormBase)order[index]!.Layer,
                    index > 0 && order[index - 1] is { Layer: Convolution or Linear } before ? before.Name : null,
                    ConsumerAfter(order, index))),
        ];
    }

    /// <summary>The mask of a layer's weight when some channels of its output are gone.</summary>
    /// <param name="kept">[channels], 1 where a channel stays.</param>
    /// <param name="weight">[out, ...].</param>
    public static torch.Tensor OutputMask(torch.Tensor kept, torch.Tensor weight)
    {
        using var rows = kept.view([-1, .. weight.shape[1..].Select(_ => 1L)]);
        using var expanded = rows.expand(weight.shape);
        return expanded.clone();
    }

    /// <summary>The mask of a layer's weight when some channels of its input are gone.</summary>
    /// <param name="kept">[channels], 1 where a channel stays.</param>
    /// <param name="weight">[out, channels, ...], [out, channels * positions] behind a flattening, or [channels, 1, ...] of a depthwise convolution.</param>
    public static torch.Tensor InputMask(torch.Tensor kept, torch.Tensor weight)
    {
        if (weight.shape[1] % kept.numel() != 0)
        {
            return OutputMask(kept, weight); // depthwise
        }

        using var scope = torch.NewDisposeScope();
        var perChannel = weight.view([weight.shape[0], kept.numel(), -1]);
        var mask = kept.view(1, -1, 1).expand(perChannel.shape).reshape(weight.shape).clone();
        return mask.MoveToOuterDisposeScope();
    }

    private static (string Name, Module Layer)? ConsumerAfter(IReadOnlyList<CallOrder.Entry?> order, int index)
    {
        var next = index + 1;
        while (next < order.Count && order[next] is { } entry && KeepsZeros(entry.Layer))
        {
            next++;
        }

        var found = next < order.Count ? order[next] : null;
        return found is not null && ReadsChannels(found.Layer, ((NormBase)order[index]!.Layer).num_features) ? (found.Name, found.Layer) : null;
    }

    // A channel of zeros comes out as zeros, and no channel goes into another.
    private static bool KeepsZeros(Module layer) =>
        layer is ReLU or LeakyReLU or SiLU or GELU or Tanh or Dropout or MaxPool2d or AvgPool2d or AdaptiveAvgPool2d or Flatten or Identity;

    private static bool ReadsChannels(Module layer, long channels) => layer switch
    {
        Linear linear => linear.weight.shape[1] % channels == 0,
        Convolution convolution => convolution.groups == 1 || (convolution.groups == channels && convolution.out_channels == channels),
        _ => false,
    };
}
