using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

[CollectionDefinition(nameof(SparseKernelsTests), DisableParallelization = true)]
[Collection(nameof(SparseKernelsTests))] // alone: they measure memory and use all threads
public sealed class SparseKernelsTests
{
    private const int Batch = 17;

    private static readonly float[] Images = RandomMatrix.Dense(new Random(1), Batch * 3 * 10 * 10, 0.0);
    private static readonly byte[] Network = SmallNetwork();

    [Fact]
    public void Registering_twice_is_registering_once()
    {
        using var options = new SessionOptions();
        SparseKernels.Register(options);
        SparseKernels.Register(options);
        using var session = new InferenceSession(Network, options);

        Assert.Equal(Batch * 5, Run(session).Length);
    }

    [Fact]
    public void Without_registering_ONNX_Runtime_names_the_domain()
    {
        var error = Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(Network).Dispose());

        Assert.Contains("sparsehybrid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_and_sessions_may_be_disposed_in_any_order()
    {
        var expected = RunOnce(threads: 1);
        var options = new SessionOptions();
        SparseKernels.Register(options);
        var first = new InferenceSession(Network, options);
        var second = new InferenceSession(Network, options);
        options.Dispose();
        Collect();

        Assert.Equal(expected, Run(first));
        first.Dispose();
        Collect();

        Assert.Equal(expected, Run(second));
        second.Dispose();
        Assert.Equal(expected, RunOnce(threads: 1));

        static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void A_session_that_fails_to_load_leaves_the_next_one_alone()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<OnnxRuntimeException>(() => SmallModel.Session(SmallModel.Bytes(
                [null, 4], [SmallModel.SparseNode("SparseGemm", ["x", "w"])], [SmallModel.ByteTensor("w", [1, 2, 3])])).Dispose());
        }

        Assert.Equal(Batch * 5, RunOnce(threads: 1).Length);
    }

    [Fact]
    public async Task Sessions_and_runs_side_by_side_give_the_same_answers()
    {
        var expected = RunOnce(threads: 1);
        using var one = SmallModel.Session(Network);
        using var two = SmallModel.Session(Network, threads: 3);

        var runs = Enumerable.Range(0, 6).Select(i => Task.Run(() =>
        {
            for (var run = 0; run < 60; run++)
            {
                Assert.Equal(expected, Run(i % 2 == 0 ? one : two));
            }
        }));

        await Task.WhenAll(runs);
    }

    [Fact]
    public void Many_runs_and_many_sessions_leave_memory_flat()
    {
        using var session = SmallModel.Session(Network);
        var growth = new List<long>();
        while (growth.Count < 10 && growth.All(bytes => bytes > 1 << 16)) // the runtime's own threads and heaps grow now and then; a leak shows every time
        {
            var before = PrivateBytes();
            Repeat(1000, 30);
            growth.Add(PrivateBytes() - before);
        }

        Assert.InRange(growth.Min(), long.MinValue, 1 << 16);

        void Repeat(int runs, int sessions)
        {
            for (var i = 0; i < runs; i++)
            {
                Run(session);
            }

            for (var i = 0; i < sessions; i++)
            {
                RunOnce(threads: 1);
            }
        }
    }

    [Fact]
    public void Packed_weights_may_be_shared_between_layers()
    {
        var weights = RandomMatrix.Dense(new Random(2), 8 * 8, 0.5);
        using var session = SmallModel.Session(SmallModel.Bytes(
            [null, 8],
            [SmallModel.SparseNode("SparseGemm", ["x", "w"], "h"), SmallModel.SparseNode("SparseGemm", ["h", "w"])],
            [SmallModel.ByteTensor("w", PackedWeights.Pack(SparseMatrix.FromDense(weights, 8, 8)))]));
        float[] x = [1f, 0f, 0f, 0f, 0f, 0f, 0f, 0f];

        var squared = Enumerable.Range(0, 8).Select(row => Enumerable.Range(0, 8).Sum(i => weights[(row * 8) + i] * weights[i * 8]));
        Outputs.AssertClose([.. squared], SmallModel.Run(session, x, 1, 8), "W W x");
    }

    private static float[] RunOnce(int threads)
    {
        using var session = SmallModel.Session(Network, threads);
        return Run(session);
    }

    private static float[] Run(InferenceSession session) => SmallModel.Run(session, Images, Batch, 3, 10, 10);

    private static long PrivateBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }

    /// <summary>A sparse convolution, a product over the last dimension and a layer on the flattened rest.</summary>
    private static byte[] SmallNetwork()
    {
        var random = new Random(3);
        return SmallModel.Bytes(
            [null, 3, 10, 10],
            [
                SmallModel.SparseNode(
                    "SparseConv", ["x", "w1", "b1"], "h1", Protos.Attribute("kernel_shape", [3, 3]), Protos.Attribute("pads", [1, 1, 1, 1]), SparseModel.Relu(true)),
                SmallModel.SparseNode("SparseMatMul", ["h1", "w2"], "h2", Protos.Attribute("outputs", 12)),
                Protos.Node("Flatten", "flatten", ["h2"], ["h3"]),
                SmallModel.SparseNode("SparseGemm", ["h3", "w3", "b3"]),
            ],
            [
                Weights("w1", 8, 27), Protos.Tensor("b1", [8], RandomMatrix.Dense(random, 8, 0.0)),
                Weights("w2", 12, 10), Weights("w3", 5, 8 * 10 * 12), Protos.Tensor("b3", [5], RandomMatrix.Dense(random, 5, 0.0)),
            ]);

        TensorProto Weights(string name, int rows, int columns) =>
            SmallModel.ByteTensor(name, PackedWeights.Pack(RandomMatrix.Sparse(random, rows, columns, 0.7)));
    }
}
