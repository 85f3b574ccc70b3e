using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Quantises models on random samples, and asks ONNX Runtime what it makes of them.</summary>
internal static class Quantizing
{
    /// <summary>Quantised on standard normal samples.</summary>
    public static ModelProto Quantized(ModelProto model, QuantizeOptions? options = null) => Quantize(model, options).Model;

    /// <summary>As <see cref="Quantized"/>, with what became of the layers.</summary>
    public static QuantizeResult Quantize(ModelProto model, QuantizeOptions? options = null) =>
        ModelQuantizer.Quantize(model, SampleSource.Random(5), (options ?? new QuantizeOptions()) with { CalibrationSamples = 64 });

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
