using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>The sizes that a window sliding over an image leaves.</summary>
internal static class Window
{
    /// <summary>Whether positions outside the image may come into the window.</summary>
    public static bool IsPadded(NodeProto node) =>
        node.TextOr("auto_pad", "NOTSET") is not ("NOTSET" or "VALID") || node.IntsOrEmpty("pads").Any(size => size != 0);

    /// <summary>Spatial sizes behind a convolution or pooling; unknown where the input's are, or the rounding is not down.</summary>
    public static Dimension[] OutputSizes(NodeProto node, ChannelValue input, IReadOnlyList<long> kernel)
    {
        var (strides, dilations, pads) = (node.IntsOrEmpty("strides"), node.IntsOrEmpty("dilations"), node.IntsOrEmpty("pads"));
        var count = kernel.Count;
        return [.. kernel.Select((size, i) => input.Shape[i + 2].Size is { } pixels ? OutputSize(pixels, size, i) : Unknown(i))];

        Dimension OutputSize(long pixels, long size, int i)
        {
            var stride = strides.Count == count ? strides[i] : 1;
            var extent = (size - 1) * (dilations.Count == count ? dilations[i] : 1) + 1;
            var padding = pads.Count == 2 * count ? pads[i] + pads[i + count] : 0;
            return node.TextOr("auto_pad", "NOTSET") switch
            {
                _ when stride < 1 || node.IntOr("ceil_mode", 0) != 0 => Unknown(i),
                "SAME_UPPER" or "SAME_LOWER" => (pixels + stride - 1) / stride,
                "VALID" => (pixels - extent) / stride + 1,
                _ => (pixels + padding - extent) / stride + 1,
            };
        }

        Dimension Unknown(int i) => Dimension.Unknown(node.Output[0], i + 2);
    }
}
