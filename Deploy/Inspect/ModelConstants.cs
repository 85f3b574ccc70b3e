using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>The tensors of a graph by name, dense and sparse, and who computes what is none.</summary>
/// <remarks>Files of old list every tensor among the inputs too, as a default that may be replaced; here it counts as what it is.</remarks>
internal sealed class ModelConstants
{
    private readonly Dictionary<string, StoredWeight> tensors = [];
    private readonly Dictionary<string, TensorProto> dense = [];
    private readonly Dictionary<string, StoredWeight?> packed = [];
    private readonly Dictionary<string, NodeProto> producers = [];

    public ModelConstants(GraphProto graph)
    {
        var inNodes = graph.Node.Where(GraphIndex.IsConstant).Select(node => (Name: node.Output[0], Tensor: node.Find("value")!.T));
        foreach (var (name, tensor) in graph.Initializer.Select(tensor => (tensor.Name, tensor)).Concat(inNodes))
        {
            tensors[name] = StoredWeight.Of(tensor);
            dense[name] = tensor;
        }

        foreach (var tensor in graph.SparseInitializer.Where(tensor => tensor.Values is not null))
        {
            tensors[tensor.Values.Name] = StoredWeight.Of(tensor);
        }

        foreach (var node in graph.Node)
        {
            if (SparseTensors.Of(node) is { Values: not null } sparse)
            {
                tensors[node.Output[0]] = StoredWeight.Of(sparse);
            }

            foreach (var output in node.Output)
            {
                producers[output] = node;
            }
        }
    }

    /// <summary>The tensor of a name.</summary>
    public StoredWeight? Find(string? name) => name is null ? null : tensors.GetValueOrDefault(name);

    /// <summary>The same, if it is dense.</summary>
    public TensorProto? Dense(string? name) => name is null ? null : dense.GetValueOrDefault(name);

    /// <summary>The weights of a layer that sparse kernels run; null when the node is none.</summary>
    public StoredWeight? Packed(NodeProto node)
    {
        if (node.Domain != SparseKernels.Domain || Dense(node.InputOrNull(1)) is not { HasRawData: true } tensor)
        {
            return null;
        }

        return packed.TryGetValue(tensor.Name, out var known) ? known : packed[tensor.Name] = StoredWeight.OfPacked(tensor, node.IntsOrEmpty("kernel_shape"));
    }

    /// <summary>The node that computes a value.</summary>
    public NodeProto? Producer(string? name) => name is null ? null : producers.GetValueOrDefault(name);
}
