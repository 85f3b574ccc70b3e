using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

/// <summary>Models of one sparse layer.</summary>
internal static class SparseModel
{
    /// <summary>A layer from x to y whose weights are rows by columns.</summary>
    public static byte[] Layer(
        string operation, float[] weights, int rows, int columns, float[]? bias, IEnumerable<long?> inputShape, params AttributeProto[] attributes) =>
        SmallModel.Bytes(
            inputShape,
            [SmallModel.SparseNode(operation, bias is null ? ["x", "w"] : ["x", "w", "b"], "y", attributes)],
            [
                SmallModel.ByteTensor("w", PackedWeights.Pack(SparseMatrix.FromDense(weights, rows, columns))),
                .. bias is null ? Array.Empty<TensorProto>() : [Protos.Tensor("b", [bias.Length], bias)],
            ]);

    public static AttributeProto Relu(bool relu) => Protos.Attribute("activation", relu ? "Relu" : string.Empty);
}
