using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Quantises models on random samples, and asks ONNX Runtime what it makes of them.</summary>
internal static class Quantizing
{
    /// <summary>Standard normal samples that fit a model's first input.</summary>
    public static CalibrationSamples Samples(ModelProto model, int count = 64, int seed = 5)
    {
        var size = Dimension.Declared(model.Graph.Input[0])!.Skip(1).Aggregate(1L, (product, dimension) => product * dimension.Size!.Value);
        return new CalibrationSamples(StandardNormal.Draw(new Random(seed), count * size), count);
    }

    public static ModelProto Quantized(ModelProto model, QuantizeOptions? options = null) => ModelQuantizer.Quantize(model, Samples(model), options).Model;

    /// <summary>The operators that are left when ONNX Runtime has optimised a model for the processor, in order.</summary>
    public static List<string> OptimizedOperators(ModelProto model)
    {
        using var folder = new TemporaryFolder();
        using var options = new SessionSettings().ToSessionOptions();
        options.OptimizedModelFilePath = folder.File("optimized.onnx");
        using (ModelSession.Load(folder.Write("model.onnx", model), options))
        {
        }

        return [.. ModelFile.Load(options.OptimizedModelFilePath).Graph.Node.Select(node => node.OpType)];
    }
}
