using Onnx;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>A model, the layers that could run on sparse kernels, and the shapes of what these read.</summary>
internal sealed record MeasuredModel(ModelProto Model, LayerCandidates Candidates, IReadOnlyDictionary<string, long[]> Shapes)
{
    /// <summary>The layers that could run on sparse kernels.</summary>
    public IReadOnlyList<SparseLayer> Layers => Candidates.Readable;

    /// <summary>Runs a model to see its shapes; null where that needs more than ONNX Runtime has.</summary>
    public static MeasuredModel? TryCreate(ModelProto model, IReadOnlyList<InputTensor> inputs)
    {
        var candidates = LayerCandidates.Of(model);
        var names = candidates.Readable.Select(layer => layer.Input).Distinct().ToList();
        return MeasuredShapes.TryMeasure(model, [.. inputs.Select(input => input.Shape)], names) is { } shapes
            ? new MeasuredModel(model, candidates, shapes)
            : null;
    }
}
