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
        var index = new GraphIndex(model.Graph);
        var reader = new SparseLayerReader(index, ImageShapes(model));
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

        return new LayerCandidates(WithSums(model, layers, index), obstacles);
    }

    /// <summary>The layers with the sums behind them, where both values of a sum are seen to have one shape.</summary>
    private static List<SparseLayer> WithSums(ModelProto model, List<SparseLayer> layers, GraphIndex index)
    {
        var sums = layers.Select(layer => LayerSum.TryRead(layer, index)).ToList();
        var names = layers.Zip(sums).Where(pair => pair.Second is not null).SelectMany(pair => new[] { pair.First.Output, pair.Second!.Other }).Distinct().ToList();
        var shapes = Shapes(model, names, batch: 2); // of 1 sample no batch could be told from a size that is repeated
        return [.. layers.Zip(sums, (layer, sum) => sum is not null && HasOneShape(layer.Output, sum.Other) ? layer with { Sum = sum } : layer)];

        bool HasOneShape(string first, string second) =>
            shapes.TryGetValue(first, out var shape) && shapes.TryGetValue(second, out var other) && shape.SequenceEqual(other);
    }

    /// <summary>Shapes that automatic padding depends on; empty if there is none or they may differ from run to run.</summary>
    private static Dictionary<string, long[]> ImageShapes(ModelProto model)
    {
        var names = model.Graph.Node.Where(node => node.OpType == "Conv" && node.TextOr("auto_pad", "").StartsWith("SAME", StringComparison.Ordinal))
            .Select(node => node.Input[0]).Distinct().ToList();
        return Shapes(model, names, batch: 1);
    }

    /// <summary>The shapes of values; none where they may differ from run to run by more than the batch.</summary>
    private static Dictionary<string, long[]> Shapes(ModelProto model, List<string> names, int batch)
    {
        var inputs = InputShape.Fed(model.Graph).Select(input => (Shape: InputShape.Of(input, null), IsOpen: Dimension.Declared(input) is [{ Size: null or 0 }, ..])).ToList();
        if (names.Count == 0 || inputs.Any(input => input.Shape is null))
        {
            return [];
        }

        var sizes = inputs.ConvertAll(input => input.IsOpen ? [batch, .. input.Shape!.Skip(1)] : input.Shape!);

        try
        {
            return MeasuredShapes.TryMeasure(model, sizes, names) ?? [];
        }
        catch (OnnxRuntimeException)
        {
            return []; // comparing with the original will say what is wrong with the model
        }
    }
}
