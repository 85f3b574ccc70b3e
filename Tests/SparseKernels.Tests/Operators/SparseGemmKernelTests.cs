using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

public sealed class SparseGemmKernelTests
{
    [Fact]
    public void Gemm_with_bias_and_relu_equals_the_dense_layer()
    {
        var random = new Random(1);
        var weights = RandomMatrix.Dense(random, 30 * 50, 0.8);
        var (bias, x) = (RandomMatrix.Dense(random, 30, 0.0), RandomMatrix.Dense(random, 7 * 50, 0.0));
        using var sparse = SmallModel.Session(Gemm(weights, 30, 50, bias, Protos.Attribute("activation", "Relu")));
        using var dense = SmallModel.Session(DenseModel.Gemm(weights, 30, 50, bias, relu: true));

        var y = SmallModel.Run(sparse, x, 7, 50);

        var expected = SmallModel.Run(dense, x, 7, 50);
        Assert.Equal(expected.Length, y.Length);
        Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Contains(0f, y);
    }

    private static byte[] Gemm(float[] weights, int rows, int columns, float[] bias, params AttributeProto[] attributes) => SmallModel.Bytes(
        [null, columns],
        [SmallModel.SparseNode("SparseGemm", ["x", "w", "b"], "y", attributes)],
        [SmallModel.ByteTensor("w", PackedWeights.Pack(SparseMatrix.FromDense(weights, rows, columns))), Protos.Tensor("b", [rows], bias)]);
}
