namespace SparseHybrid.Kernels;

/// <summary>Sizes that all operators know before their kernels are made.</summary>
internal static class LayerShape
{
    /// <summary>Rows of the weights: the attribute <c>outputs</c>, or else the size of the bias, the last input.</summary>
    public static ShapeInference.Size Outputs(ShapeInference node)
    {
        if (node.Int64("outputs"u8) is { } outputs)
        {
            return new ShapeInference.Size(outputs);
        }

        return node.InputCount > 2 && node.Input(node.InputCount - 1) is [var size] ? size : ShapeInference.Size.Unknown;
    }
}
