using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>A dependency view of one ONNX graph: which names are constants, and how often and by whom each name is read.</summary>
/// <remarks>It describes the graph at the time of construction; after a change, make another.</remarks>
internal sealed class GraphIndex
{
    private readonly GraphProto graph;
    private readonly Dictionary<string, TensorProto> constants = [];
    private readonly Dictionary<string, int> useCounts = [];
    private readonly Dictionary<string, NodeProto> readers = []; // of each name the last one

    public GraphIndex(GraphProto graph)
    {
        this.graph = graph;
        // An initializer that is also an input is only a default: the caller may feed something else.
        var inputs = graph.Input.Select(input => input.Name).ToHashSet();
        foreach (var tensor in graph.Initializer.Where(tensor => !inputs.Contains(tensor.Name)))
        {
            constants[tensor.Name] = tensor;
        }

        foreach (var node in graph.Node.Where(IsConstant))
        {
            constants[node.Output[0]] = node.Find("value")!.T;
        }
        foreach (var node in graph.Node)
        {
            foreach (var name in Reads(node))
            {
                useCounts[name] = UseCount(name) + 1;
                readers[name] = node;
            }
        }

        foreach (var output in graph.Output)
        {
            useCounts[output.Name] = UseCount(output.Name) + 1;
        }
    }

    /// <summary>The nodes, every one after those it reads from, as the format demands.</summary>
    public IEnumerable<NodeProto> Nodes => graph.Node;

    /// <summary>What the graph returns.</summary>
    public IEnumerable<string> Outputs => graph.Output.Select(output => output.Name);

    /// <summary>The names of the tensors that never change.</summary>
    public IEnumerable<string> Constants => constants.Keys;

    /// <summary>The tensor of this name if it never changes: an initializer or the value of a Constant node.</summary>
    public TensorProto? Constant(string? name) => name is null ? null : constants.GetValueOrDefault(name);

    /// <summary>Whether a node holds a tensor that never changes.</summary>
    public static bool IsConstant(NodeProto node) =>
        node.OpType == "Constant" && node.IsStandard() && node.Output.Count == 1 && node.Find("value")?.T is not null;

    /// <summary>As <see cref="Constant"/>, the entries of a float32 tensor.</summary>
    public float[]? ConstantFloats(string? name) => Constant(name) is { } tensor ? TensorData.TryReadFloats(tensor) : null;

    /// <summary>How often a name is read, by nodes, by their subgraphs and as the graph's output.</summary>
    public int UseCount(string name) => useCounts.GetValueOrDefault(name);

    /// <summary>The node that reads a name, if no one else does and the graph does not return it.</summary>
    public NodeProto? OnlyReader(string name) => UseCount(name) == 1 ? readers.GetValueOrDefault(name) : null;

    /// <summary>Every name that a node reads: its inputs, and whatever its subgraphs (If, Loop, Scan) take from outside.</summary>
    public static IEnumerable<string> Reads(NodeProto node)
    {
        var inner = node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G));
        var captured = inner.SelectMany(graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name)));
        return node.Input.Concat(captured).Where(name => name.Length > 0);
    }
}
