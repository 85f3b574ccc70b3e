using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>Adds the tensors of sparse kernels to a graph: packed weights, once for all layers that share them, and biases.</summary>
/// <param name="graph">The graph to add to.</param>
/// <param name="values">How weights are stored.</param>
internal sealed class PackedTensors(GraphProto graph, PackedValues values)
{
    private readonly UniqueNames names = new(graph);
    private readonly Dictionary<(string Name, bool IsTransposed, float Scale), string> packed = [];

    /// <summary>The name of a layer's packed weights.</summary>
    public string Weights(SparseLayer layer)
    {
        var key = (layer.Node.Input[1], layer.Weights.IsTransposed, layer.Weights.Scale);
        if (!packed.TryGetValue(key, out var name))
        {
            name = packed[key] = names.Take($"{layer.Node.Input[1]}.packed");
            var bytes = PackedWeights.Pack(layer.Weights.ToSparse(), values);
            graph.Initializer.Add(Protos.Tensor(name, [bytes.Length], TensorProto.Types.DataType.Uint8, bytes));
        }

        return name;
    }

    /// <summary>The name of a layer's bias, which is the old one wherever that will do.</summary>
    public string Bias(SparseLayer layer, float[] bias)
    {
        var old = layer.Node.InputOrNull(2);
        if (graph.Initializer.FirstOrDefault(tensor => tensor.Name == old) is { } kept && kept.Dims.Count == 1
            && FloatTensor.TryRead(kept) is { } tensor && tensor.Values.SequenceEqual(bias))
        {
            return kept.Name;
        }

        var name = names.Take($"{layer.Name}.sparse.bias");
        graph.Initializer.Add(Protos.Tensor(name, [bias.Length], bias));
        return name;
    }
}
