using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>Which channels network slimming keeps: one threshold on |gamma| over all normalisation layers.</summary>
/// <remarks>
/// Liu, Li, Shen, Huang, Yan and Zhang, Learning Efficient Convolutional Networks through Network Slimming, ICCV 2017,
/// section 3.3. Each layer keeps its strongest channel even when that is below the threshold: a layer without channels would
/// cut the network in two.
/// </remarks>
internal static class ChannelThreshold
{
    /// <summary>The order in which channels go: weakest first, ties in order of layer and channel, without each layer's strongest.</summary>
    /// <param name="scales">|gamma| of each layer.</param>
    public static IReadOnlyList<(int Layer, int Channel)> RemovalOrder(IReadOnlyList<float[]> scales)
    {
        var spared = scales.Select(layer => Array.IndexOf(layer, layer.Max())).ToArray();
        return
        [
            .. scales
                .SelectMany((layer, index) => layer.Select((scale, channel) => (Scale: scale, Layer: index, Channel: channel)))
                .Where(item => item.Channel != spared[item.Layer])
                .OrderBy(item => item.Scale) // stable
                .Select(item => (item.Layer, item.Channel)),
        ];
    }

    /// <summary>How many channels have to go for a number of zeros: the fewest that give as many, or all that can go.</summary>
    /// <param name="removable">Channels that can go.</param>
    /// <param name="zeros">Zeros when so many channels are gone; does not fall as that number rises.</param>
    /// <param name="wanted">Zeros that are asked for.</param>
    public static int FewestFor(int removable, Func<int, long> zeros, long wanted)
    {
        var (low, high) = (0, removable);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = zeros(middle) >= wanted ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
