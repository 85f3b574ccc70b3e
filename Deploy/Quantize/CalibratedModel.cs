using Onnx;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>A float model and the ranges of its values: any choice of its layers can be quantised without running it again.</summary>
/// <param name="Model">The float model, of an operator set that has what quantisation needs.</param>
/// <param name="Ranges">The range of every value that any choice of them needs.</param>
/// <param name="Options">The settings; what they keep float32 has no ranges.</param>
internal sealed record CalibratedModel(
    ModelProto Model, IReadOnlyDictionary<string, ValueRange> Ranges, QuantizeOptions Options)
{
    /// <summary>A new model that computes with integers, but for some layers.</summary>
    /// <param name="keepFloat">Patterns of the names of layers that stay float32, those of the settings at least.</param>
    public QuantizeResult Quantize(IReadOnlyList<string> keepFloat)
    {
        var quantized = Model.Clone();
        var plan = new QuantizationPlan(quantized.Graph, keepFloat);
        QdqWriter.Rewrite(quantized.Graph, plan, Ranges, Options.WeightBits);
        return new QuantizeResult(quantized, [.. plan.Layers.Select(layer => new QuantizedLayer(layer.Name, layer.Node.OpType, plan.Layer(layer.Node) is not null))]);
    }
}
