using Onnx;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.SparseForm;

/// <summary>A network of three layers of which the middle one has many zeros, but no unit without weights.</summary>
internal static class PartlySparse
{
    public static ModelProto Model(int width = 256) => new SequentialGraph(8)
        .Gemm("first", width, Weights(8 * width, 0), Bias(width)).Then("Relu")
        .Gemm("middle", width, EveryWeight(width * width, 33), Bias(width)).Then("Relu")
        .Gemm("last", 3, Weights(3 * width, 0), Bias(3)).Build(3);

    /// <summary>Weights of which only every one at a multiple of a number is not zero.</summary>
    public static float[] EveryWeight(int count, int multiple) =>
        [.. Running.RandomFloats(new Random(count), count).Select((value, i) => i % multiple == 0 ? value : 0)];

    /// <summary>Weights of which a share is zero; a number of them in front altogether.</summary>
    public static float[] Weights(int count, double zeros, int dead = 0)
    {
        var random = new Random(count);
        return [.. Running.RandomFloats(random, count).Select((value, i) => i < dead || random.NextDouble() < zeros ? 0 : value)];
    }

    private static float[] Bias(int count) => Running.RandomFloats(new Random(2), count);
}
