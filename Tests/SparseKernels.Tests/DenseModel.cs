using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

/// <summary>What ONNX Runtime itself computes, to compare with.</summary>
internal static class DenseModel
{
    /// <summary>act(X W^T + b), weights rows by columns.</summary>
    public static byte[] Gemm(float[] weights, int rows, int columns, float[] bias, bool relu) => WithRelu(
        relu, [null, columns], output => Protos.Node("Gemm", "gemm", ["x", "w", "b"], [output], Protos.Attribute("transB", 1)),
        Protos.Tensor("w", [rows, columns], weights), Protos.Tensor("b", [rows], bias));

    /// <summary>act(X W) over the last dimension of an X of any rank, weights already transposed: columns by rows.</summary>
    public static byte[] MatMul(float[] transposed, int rows, int columns, int rank, bool relu) => WithRelu(
        relu, [.. Enumerable.Repeat<long?>(null, rank - 1), columns], output => Protos.Node("MatMul", "matmul", ["x", "w"], [output]),
        Protos.Tensor("w", [columns, rows], transposed));

    /// <summary>act(Conv(X)) with the attributes of the sparse layer.</summary>
    public static byte[] Conv(float[] weights, long[] shape, long channels, float[] bias, bool relu, AttributeProto[] attributes) => WithRelu(
        relu, [null, channels, null, null], output => Protos.Node("Conv", "conv", ["x", "w", "b"], [output], attributes),
        Protos.Tensor("w", shape, weights), Protos.Tensor("b", [shape[0]], bias));

    /// <summary>The greatest of each pool of act(Conv(X)).</summary>
    public static byte[] ConvMaxPool(float[] weights, long[] shape, long channels, float[] bias, bool relu, AttributeProto[] attributes, long[] pool) =>
        SmallModel.Bytes(
            [null, channels, null, null],
            [
                Protos.Node("Conv", "conv", ["x", "w", "b"], ["c"], attributes),
                relu ? Protos.Node("Relu", "relu", ["c"], ["z"]) : Protos.Node("Identity", "same", ["c"], ["z"]),
                Protos.Node("MaxPool", "pool", ["z"], ["y"], Protos.Attribute("kernel_shape", pool), Protos.Attribute("strides", pool)),
            ],
            [Protos.Tensor("w", shape, weights), Protos.Tensor("b", [shape[0]], bias)]);

    /// <summary>act(Conv(X) + Conv(X)), the second without bias.</summary>
    public static byte[] ConvAddConv(float[] weights, float[] others, long[] shape, long channels, float[] bias, bool relu, AttributeProto[] attributes) => SmallModel.Bytes(
        [null, channels, null, null],
        [
            Protos.Node("Conv", "other", ["x", "v"], ["r"], attributes),
            Protos.Node("Conv", "conv", ["x", "w", "b"], ["c"], attributes),
            Protos.Node("Add", "add", ["c", "r"], ["z"]),
            Protos.Node(relu ? "Relu" : "Identity", "end", ["z"], ["y"]),
        ],
        [Protos.Tensor("w", shape, weights), Protos.Tensor("v", shape, others), Protos.Tensor("b", [shape[0]], bias)]);

    /// <summary>The same with the second on ONNX Runtime's operator and the first and the sum on ours.</summary>
    public static byte[] SparseConvAdd(
        float[] weights, float[] others, long[] shape, long channels, float[] bias, AttributeProto[] attributes, AttributeProto[] ofKernel) => SmallModel.Bytes(
        [null, channels, null, null],
        [Protos.Node("Conv", "other", ["x", "v"], ["r"], attributes), SmallModel.SparseNode("SparseConvAdd", ["x", "w", "r", "b"], "y", ofKernel)],
        [
            SmallModel.ByteTensor("w", PackedWeights.Pack(SparseMatrix.FromDense(weights, (int)shape[0], weights.Length / (int)shape[0]))),
            Protos.Tensor("v", shape, others), Protos.Tensor("b", [shape[0]], bias),
        ]);

    private static byte[] WithRelu(bool relu, IEnumerable<long?> inputShape, Func<string, NodeProto> layer, params TensorProto[] initializers) =>
        SmallModel.Bytes(
            inputShape,
            relu ? [layer("z"), Protos.Node("Relu", "relu", ["z"], ["y"])] : [layer("y")],
            initializers);
}
