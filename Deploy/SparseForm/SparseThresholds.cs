namespace SparseHybrid.Deploy.SparseForm;

/// <summary>From how many zeros on a sparse kernel is expected to be faster than ONNX Runtime's dense one, without measuring.</summary>
internal static class SparseThresholds
{
    /// <summary>The least share of zeros, 0 to 1.</summary>
    public static double LeastZeros(SparseLayer layer) => layer.Operator == "SparseConv" ? 0.75 : 0.85;
}
