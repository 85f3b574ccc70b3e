using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

/// <summary>What ONNX Runtime itself computes, to compare with.</summary>
internal static class DenseModel
{
    /// <summary>relu(X W^T + b), weights rows by columns.</summary>
    public static byte[] Gemm(float[] weights, int rows, int columns, float[] bias, bool relu) => SmallModel.Bytes(
        [null, columns],
        [
            Protos.Node("Gemm", "gemm", ["x", "w", "b"], [relu ? "z" : "y"], Protos.Attribute("transB", 1)),
            .. relu ? [Protos.Node("Relu", "relu", ["z"], ["y"])] : Array.Empty<Onnx.NodeProto>(),
        ],
        [Protos.Tensor("w", [rows, columns], weights), Protos.Tensor("b", [rows], bias)]);
}
