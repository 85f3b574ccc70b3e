using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>How the window of a two-dimensional Conv lies on its input, every default written out and no automatic padding.</summary>
internal sealed class ConvWindow
{
    private ConvWindow(params AttributeProto[] attributes) => Attributes = attributes;

    /// <summary>kernel_shape, strides, pads and dilations.</summary>
    public IReadOnlyList<AttributeProto> Attributes { get; }

    /// <summary>Reads a node's attributes; null when they do not fit the weights, or the padding depends on a size that is not known.</summary>
    /// <param name="node">A Conv.</param>
    /// <param name="kernel">Rows and columns of its weights.</param>
    /// <param name="inputShape">[N, C, H, W]; null where it is not known.</param>
    public static ConvWindow? TryRead(NodeProto node, long[] kernel, long[]? inputShape)
    {
        var strides = Sizes("strides", 1, 1);
        var dilations = Sizes("dilations", 1, 1);
        var pads = Sizes("pads", 0, 0, 0, 0);
        var automatic = node.TextOr("auto_pad", "NOTSET");
        if (strides.Length != 2 || dilations.Length != 2 || pads.Length != 4 || !kernel.SequenceEqual(Sizes("kernel_shape", kernel)))
        {
            return null;
        }

        if (automatic is "SAME_UPPER" or "SAME_LOWER")
        {
            var (rows, columns) = (Same(0), Same(1));
            if (rows is null || columns is null)
            {
                return null;
            }

            pads = [rows.Value.Before, columns.Value.Before, rows.Value.Behind, columns.Value.Behind];
        }
        else if (automatic == "VALID")
        {
            pads = [0, 0, 0, 0];
        }

        var isLegal = kernel.Concat(strides).Concat(dilations).All(size => size is >= 1 and <= short.MaxValue)
            && pads.All(size => size is >= 0 and <= short.MaxValue);
        return automatic is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER") || !isLegal ? null : new ConvWindow(
            Protos.Attribute("kernel_shape", kernel), Protos.Attribute("strides", strides), Protos.Attribute("pads", pads),
            Protos.Attribute("dilations", dilations));

        long[] Sizes(string name, params long[] otherwise) => node.IntsOrEmpty(name) is { Count: > 0 } given ? [.. given] : otherwise;

        // As many places as the input has pixels, divided by the stride and rounded up; with stride 1 whatever the input's size.
        (long Before, long Behind)? Same(int axis)
        {
            var (stride, extent) = (strides[axis], ((kernel[axis] - 1) * dilations[axis]) + 1);
            if (stride < 1 || (stride > 1 && inputShape is not { Length: 4 }))
            {
                return null;
            }

            var size = stride == 1 ? 1 : inputShape![axis + 2];
            var total = Math.Max(0, (((size + stride - 1) / stride) - 1) * stride + extent - size);
            var less = total / 2;
            return automatic == "SAME_UPPER" ? (less, total - less) : (total - less, less);
        }
    }
}
