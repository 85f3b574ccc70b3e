using Onnx;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Runs models with ONNX Runtime and looks into them.</summary>
internal static class Running
{
    /// <summary>The first output for a batch of standard normal inputs.</summary>
    public static float[] Run(ModelProto model, int batch = 3, int seed = 1)
    {
        using var folder = new TemporaryFolder();
        using var session = ModelSession.Load(folder.Write("model.onnx", model), new SessionSettings());
        var count = session.InputShape(batch).Aggregate(1L, (product, size) => product * size);
        return session.Run(RandomFloats(new Random(seed), (int)count), batch)[0];
    }

    /// <summary>Standard normal numbers.</summary>
    public static float[] RandomFloats(Random random, int count) => StandardNormal.Draw(random, count);

    public static TensorProto Tensor(ModelProto model, string name) => model.Graph.Initializer.Single(tensor => tensor.Name == name);

    public static float[] Floats(ModelProto model, string name) => TensorData.TryReadFloats(Tensor(model, name))!;

    public static long[] Shape(ModelProto model, string name) => [.. Tensor(model, name).Dims];

    /// <summary>Asserts that outputs agree within a share of the largest one.</summary>
    public static void AssertClose(float[] expected, float[] actual, double relative = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = Math.Max(1e-3, expected.Max(value => Math.Abs((double)value)));
        var difference = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(difference <= relative * largest, $"Outputs differ by {difference:g4} where the largest is {largest:g4}.");
    }
}
