using Onnx;
using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Models that are benchmarked in no time.</summary>
internal static class SmallNetworks
{
    /// <summary>16 inputs, 32 hidden units of which half are dead, 4 outputs that grow with the scale.</summary>
    public static ModelProto HalfDead(float scale)
    {
        var random = new Random(7);
        var first = Running.RandomFloats(random, 32 * 16);
        first.AsSpan(0, 16 * 16).Clear();
        return new SequentialGraph(16)
            .Gemm("fc1", 32, first, Running.RandomFloats(random, 32)).Then("Relu")
            .Gemm("fc2", 4, [.. Running.RandomFloats(random, 128).Select(value => value * scale)]).Build(4);
    }

    /// <summary>Three rounds, a hundredth of a second each.</summary>
    public static BenchmarkOptions Quick(params string[] models) => new() { Models = models, Rounds = 3, SecondsPerModel = 0.03 };
}

/// <summary>Remembers what a benchmark tells about its progress.</summary>
internal sealed class Recorder(Action<BenchmarkProgress>? also = null) : IProgress<BenchmarkProgress>
{
    public List<BenchmarkProgress> Steps { get; } = [];

    public void Report(BenchmarkProgress value)
    {
        Steps.Add(value);
        also?.Invoke(value);
    }
}
