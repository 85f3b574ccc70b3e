using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

public sealed class SparseGemmKernelTests
{
    [Fact]
    public void Gemm_equals_the_dense_layer()
    {
        var random = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            var (rows, columns, batch) = (random.Next(1, 70), random.Next(1, 120), random.Next(1, 40));
            var weights = RandomMatrix.Dense(random, rows * columns, random.NextDouble());
            var (bias, x) = (RandomMatrix.Dense(random, rows, 0.0), RandomMatrix.Dense(random, batch * columns, 0.0));
            var relu = random.Next(2) == 0;
            using var sparse = SmallModel.Session(SparseModel.Layer("SparseGemm", weights, rows, columns, bias, [null, columns], SparseModel.Relu(relu)));
            using var dense = SmallModel.Session(DenseModel.Gemm(weights, rows, columns, bias, relu));

            Outputs.AssertClose(SmallModel.Run(dense, x, batch, columns), SmallModel.Run(sparse, x, batch, columns), $"case {i}");
        }
    }

    [Fact]
    public void MatMul_goes_over_the_last_dimension_of_any_rank()
    {
        var random = new Random(2);
        for (var rank = 1; rank <= 4; rank++)
        {
            long[] shape = [.. Enumerable.Range(0, rank - 1).Select(_ => (long)random.Next(1, 6)), 33];
            var (rows, relu) = (21, rank % 2 == 0);
            var weights = RandomMatrix.Dense(random, rows * 33, 0.8);
            var transposed = Enumerable.Range(0, weights.Length).Select(i => weights[(i % rows * 33) + (i / rows)]).ToArray();
            var x = RandomMatrix.Dense(random, (int)shape.Aggregate(1L, (a, b) => a * b), 0.0);
            long?[] open = [.. Enumerable.Repeat<long?>(null, rank - 1), 33];
            using var sparse = SmallModel.Session(SparseModel.Layer("SparseMatMul", weights, rows, 33, null, open, SparseModel.Relu(relu)));
            using var dense = SmallModel.Session(DenseModel.MatMul(transposed, rows, 33, rank, relu));

            Outputs.AssertClose(SmallModel.Run(dense, x, shape), SmallModel.Run(sparse, x, shape), $"rank {rank}");
        }
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_output()
    {
        using var session = SmallModel.Session(SparseModel.Layer("SparseGemm", new float[12], 3, 4, null, [null, 4]));

        Assert.Empty(SmallModel.Run(session, [], 0, 4));
    }

    [Fact]
    public void Sizes_of_the_output_are_known_when_the_model_is_loaded()
    {
        using var fromAttribute = SmallModel.Session(
            SparseModel.Layer("SparseMatMul", new float[12], 3, 4, null, [null, 5, 4], Protos.Attribute("outputs", 3)));
        using var fromBias = SmallModel.Session(SparseModel.Layer("SparseGemm", new float[12], 3, 4, new float[3], [2, 4]));
        using var unknown = SmallModel.Session(SparseModel.Layer("SparseGemm", new float[12], 3, 4, null, [2, 4]));

        Assert.Equal([-1, 5, 3], fromAttribute.OutputMetadata["y"].Dimensions);
        Assert.Equal("d0", fromAttribute.OutputMetadata["y"].SymbolicDimensions[0]);
        Assert.Equal([2, 3], fromBias.OutputMetadata["y"].Dimensions);
        Assert.Equal([2, -1], unknown.OutputMetadata["y"].Dimensions);
    }

    [Fact]
    public void What_does_not_fit_is_refused_when_the_session_is_made()
    {
        Refused("has 2 numbers", SparseModel.Layer("SparseGemm", new float[12], 3, 4, new float[2], [null, 4]));
        Refused("outputs is 7", SparseModel.Layer("SparseGemm", new float[12], 3, 4, null, [null, 4], Protos.Attribute("outputs", 7)));
        Refused("activation is 'Tanh'", SparseModel.Layer("SparseGemm", new float[12], 3, 4, null, [null, 4], Protos.Attribute("activation", "Tanh")));
        Refused("don't match", SparseModel.Layer("SparseGemm", new float[12], 3, 4, null, [null, 4], Protos.Attribute("activation", 1)));
        Refused("SHPW", SmallModel.Bytes(
            [null, 4], [SmallModel.SparseNode("SparseGemm", ["x", "w"])], [SmallModel.ByteTensor("w", new byte[40])]));
        Refused("must be an initializer", SmallModel.Bytes(
            [null, 4],
            [
                Protos.Node("Cast", "cast", ["x"], ["w"], Protos.Attribute("to", 2)),
                SmallModel.SparseNode("SparseGemm", ["x", "w"]),
            ],
            []));
        Refused("must be a vector", SmallModel.Bytes(
            [null, 4], [SmallModel.SparseNode("SparseGemm", ["x", "w", "b"])],
            [SmallModel.ByteTensor("w", PackedWeights.Pack(SparseMatrix.FromDense(new float[12], 3, 4))), Protos.Tensor("b", [1, 3], new float[3])]));
    }

    [Fact]
    public void An_input_that_does_not_fit_is_refused_by_name()
    {
        foreach (var shape in new long[][] { [2, 5], [1, 2, 4] })
        {
            long?[] open = [.. shape.Select(_ => (long?)null)];
            using var session = SmallModel.Session(SparseModel.Layer("SparseGemm", new float[12], 3, 4, null, open));

            var error = Assert.Throws<OnnxRuntimeException>(() => SmallModel.Run(session, new float[shape.Aggregate((a, b) => a * b)], shape));

            Assert.Contains("SparseGemm 'SparseGemm_y'", error.Message, StringComparison.Ordinal);
            Assert.Contains($"[{string.Join(", ", shape)}]; the weights ask for [N, 4]", error.Message, StringComparison.Ordinal);
        }
    }

    private static void Refused(string why, byte[] model)
    {
        var error = Assert.Throws<OnnxRuntimeException>(() => SmallModel.Session(model).Dispose());

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("sparsehybrid.SparseGemm 'SparseGemm_y'", error.Message, StringComparison.Ordinal);
    }
}
