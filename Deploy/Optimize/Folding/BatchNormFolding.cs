using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>
/// Batch norms become part of the linear layer before them, or of the one behind them where that reads no border of zeros; a Flatten may
/// stand between. All must be each other's only company: what another node reads keeps its value.
/// </summary>
public static class BatchNormFolding
{
    /// <summary>The model with every batch norm folded that can be.</summary>
    /// <param name="model">Not changed; the result shares the bytes of the tensors that stay as they are.</param>
    public static ModelProto Fold(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var folded = SparseTensors.ToDense(model);
        var readBefore = ReadConstants.In(folded.Graph);
        Apply(folded.Graph);
        ReadConstants.RemoveUnread(folded.Graph, readBefore);
        return folded;
    }

    /// <summary>Folds all that can be; whether there were any.</summary>
    /// <param name="graph">Changed.</param>
    internal static bool Apply(GraphProto graph)
    {
        var folded = 0;
        var index = new GraphIndex(graph);
        foreach (var node in graph.Node.ToList())
        {
            if (BatchNorm.TryRead(node, index) is { } norm && (IntoProducer(norm, graph, index) || IntoConsumer(norm, graph, index)))
            {
                graph.Node.Remove(node);
                index = new GraphIndex(graph);
                folded++;
            }
        }

        return folded > 0;
    }

    private static bool IntoProducer(BatchNorm norm, GraphProto graph, GraphIndex index)
    {
        var value = norm.Node.Input[0];
        if (index.UseCount(value) != 1 || graph.Node.FirstOrDefault(node => node.Output is [var only] && only == value) is not { } producer
            || ScalableLayer.TryRead(producer, index) is not { } layer || layer.Outputs != norm.Scale.Length)
        {
            return false;
        }

        var editor = new GraphEditor(graph, index);
        editor.SetInput(producer, 1, layer.Scaled((output, _) => norm.Scale[output]));
        editor.SetInput(producer, 2, layer.Biases(output => layer.Bias(output) * norm.Scale[output] + norm.Shift[output]));
        producer.Output[0] = norm.Node.Output[0];
        GraphEditor.Keep(graph.ValueInfo, known => known.Name != value);
        return true;
    }

    private static bool IntoConsumer(BatchNorm norm, GraphProto graph, GraphIndex index)
    {
        var value = norm.Node.Output[0];
        if (OnlyReader(value, graph, index) is not { } reader)
        {
            return false;
        }

        // Flattened, every channel is a row of inputs that all have its scale and shift.
        var flattens = reader.OpType == "Flatten" && reader.IsStandard() && reader.IntOr("axis", 1) == 1;
        if ((flattens ? OnlyReader(reader.Output[0], graph, index) : reader) is not { } consumer
            || ScalableLayer.TryRead(consumer, index) is not { SeesBorders: false } layer || layer.Inputs % norm.Scale.Length != 0)
        {
            return false;
        }

        var plane = layer.Inputs / norm.Scale.Length;
        if (plane != 1 && !flattens)
        {
            return false;
        }

        var editor = new GraphEditor(graph, index);
        var sums = layer.SumsOverInputs([.. Enumerable.Range(0, layer.Inputs).Select(input => norm.Shift[input / plane])]);
        editor.SetInput(consumer, 1, layer.Scaled((_, input) => norm.Scale[input / plane]));
        editor.SetInput(consumer, 2, layer.Biases(output => layer.Bias(output) + sums[output]));
        reader.Input[0] = norm.Node.Input[0];
        GraphEditor.Keep(graph.ValueInfo, known => known.Name != value);
        return true;
    }

    private static NodeProto? OnlyReader(string value, GraphProto graph, GraphIndex index) =>
        index.UseCount(value) == 1 ? graph.Node.FirstOrDefault(node => node.Input.Count > 0 && node.Input[0] == value) : null;
}
