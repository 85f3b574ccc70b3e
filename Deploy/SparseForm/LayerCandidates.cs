using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>The layers of a model, each with what a sparse kernel would need, or why none can compute it.</summary>
/// <param name="Readable">Layers that a sparse kernel can compute, in the order of the graph.</param>
/// <param name="Obstacles">By their names the other layers, and why.</param>
internal sealed record LayerCandidates(IReadOnlyList<SparseLayer> Readable, IReadOnlyDictionary<string, string> Obstacles)
{
    /// <summary>Reads the layers of a model; those within the subgraphs of If, Loop and Scan stay as they are.</summary>
    public static LayerCandidates Of(ModelProto model)
    {
        var reader = new SparseLayerReader(new GraphIndex(model.Graph), ImageShapes(model));
        var layers = new List<SparseLayer>();
        var obstacles = new Dictionary<string, string>();
        var repeated = model.Graph.Node.SelectMany(node => node.Output).CountBy(name => name).Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet();
        foreach (var node in model.Graph.Node.Where(SparseLayerReader.IsLayer))
        {
            var (layer, obstacle) = reader.Read(node);
            if (layer is null || layer.Nodes.SelectMany(part => part.Output).Any(repeated.Contains))
            {
                obstacles[LayerName.Of(node)] = obstacle ?? "the graph gives its name to two values";
            }
            else
            {
                layers.Add(layer);
            }
        }

        return new LayerCandidates(layers, obstacles);
    }

    /// <summary>Shapes that automatic padding depends on; empty if there is none or they may differ from run to run.</summary>
    private static Dictionary<string, long[]> ImageShapes(ModelProto model)
    {
        var names = model.Graph.Node.Where(node => node.OpType == "Conv" && node.TextOr("auto_pad", "").StartsWith("SAME", StringComparison.Ordinal))
            .Select(node => node.Input[0]).Distinct().ToList();
        var inputs = InputShape.Fed(model.Graph).Select(input => InputShape.Of(input, null)).ToList();
        if (names.Count == 0 || inputs.Contains(null))
        {
            return [];
        }

        try
        {
            return MeasuredShapes.TryMeasure(model, inputs!, names) ?? [];
        }
        catch (OnnxRuntimeException)
        {
            return []; // comparing with the original will say what is wrong with the model
        }
    }
}
