using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>Changes a graph in place, and knows whether it did.</summary>
internal sealed class GraphEditor
{
    private readonly GraphProto graph;
    private readonly GraphIndex index;
    private readonly UniqueNames names;
    private readonly Dictionary<string, int> initializers = [];

    /// <param name="graph">The graph to change.</param>
    /// <param name="index">The graph as it was before the first change.</param>
    public GraphEditor(GraphProto graph, GraphIndex index)
    {
        this.graph = graph;
        this.index = index;
        for (var i = 0; i < graph.Initializer.Count; i++)
        {
            initializers[graph.Initializer[i].Name] = i;
        }

        names = new UniqueNames(graph);
    }

    public bool HasChanged { get; private set; }

    /// <summary>The tensor that a name stood for before the first change.</summary>
    public TensorProto? Constant(string name) => index.Constant(name);

    /// <summary>Gives an input of a node another tensor: under its old name if no one else reads that, else under a new one.</summary>
    public void SetInput(NodeProto node, int inputIndex, TensorProto tensor)
    {
        HasChanged = true;
        while (node.Input.Count <= inputIndex)
        {
            node.Input.Add("");
        }

        var oldName = node.Input[inputIndex];
        if (oldName.Length > 0 && index.UseCount(oldName) == 1 && initializers.TryGetValue(oldName, out var position))
        {
            tensor.Name = oldName;
            graph.Initializer[position] = tensor;
            return;
        }

        tensor.Name = names.Take(oldName.Length > 0 && index.Constant(oldName) is not null ? oldName : tensor.Name);
        node.Input[inputIndex] = tensor.Name;
        initializers[tensor.Name] = graph.Initializer.Count;
        graph.Initializer.Add(tensor);
    }

    /// <summary>Sets an attribute, or removes it when there is no new one.</summary>
    public void SetAttribute(NodeProto node, string name, AttributeProto? attribute)
    {
        HasChanged = true;
        if (node.Find(name) is { } old)
        {
            node.Attribute.Remove(old);
        }

        if (attribute is not null)
        {
            node.Attribute.Add(attribute);
        }
    }

    /// <summary>Lets another node take the place of a node's first output: it reads what the node computes, and computes what others read.</summary>
    public NodeProto InsertBehind(NodeProto node, string operation, string suffix)
    {
        HasChanged = true;
        var output = node.Output[0];
        node.Output[0] = names.Take(output + suffix);
        var inserted = Protos.Node(operation, names.Take(node.Name.Length > 0 ? node.Name + suffix : output + suffix), [node.Output[0]], [output]);
        graph.Node.Insert(graph.Node.IndexOf(node) + 1, inserted);
        return inserted;
    }

    /// <summary>Lets another node stand between a node and its first input.</summary>
    public NodeProto InsertBefore(NodeProto node, string operation, string suffix)
    {
        HasChanged = true;
        var output = names.Take(node.Output[0] + suffix);
        var inserted = Protos.Node(operation, names.Take(node.Name.Length > 0 ? node.Name + suffix : output), [node.Input[0]], [output]);
        node.Input[0] = output;
        graph.Node.Insert(graph.Node.IndexOf(node), inserted);
        return inserted;
    }

    /// <summary>Makes a node pass on a value unchanged.</summary>
    public void MakeIdentity(NodeProto node, string input)
    {
        HasChanged = true;
        node.OpType = "Identity";
        node.Attribute.Clear();
        node.Input.Clear();
        node.Input.Add(input);
    }

    /// <summary>Makes a node read these names only.</summary>
    public void SetInputs(NodeProto node, IReadOnlyList<string> inputs)
    {
        HasChanged = true;
        node.Input.Clear();
        node.Input.AddRange(inputs);
    }

    /// <summary>Removes nodes and what is said of the shapes of values.</summary>
    public void Remove(ISet<NodeProto> nodes, ISet<string> shapes)
    {
        HasChanged |= nodes.Count > 0;
        Keep(graph.Node, node => !nodes.Contains(node));
        Keep(graph.ValueInfo, value => !shapes.Contains(value.Name));
    }

    /// <summary>Keeps the entries of a list that fit.</summary>
    public static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> list, Func<T, bool> fits)
    {
        var kept = list.Where(fits).ToList();
        if (kept.Count < list.Count)
        {
            list.Clear();
            list.AddRange(kept);
        }
    }
}
