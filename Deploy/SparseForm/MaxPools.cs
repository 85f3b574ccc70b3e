using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>Max pooling that a convolution's kernel can take over: pools side by side, no padding, sizes rounded down.</summary>
internal static class MaxPools
{
    /// <summary>Rows and columns of a node's pools; null when it does something else.</summary>
    public static long[]? TryRead(NodeProto node)
    {
        var isSimple = node.IsStandard() && node.OpType == "MaxPool" && node.Input.Count == 1 && node.Output.Count == 1
            && node.TextOr("auto_pad", "NOTSET") is ("NOTSET" or "VALID") && node.IntOr("ceil_mode", 0) == 0
            && node.IntsOrEmpty("pads").All(pad => pad == 0) && node.IntsOrEmpty("dilations").All(dilation => dilation == 1);
        var shape = node.IntsOrEmpty("kernel_shape");
        return isSimple && shape is [>= 1 and <= short.MaxValue, >= 1 and <= short.MaxValue] && node.IntsOrEmpty("strides").SequenceEqual(shape) ? [.. shape] : null;
    }
}
