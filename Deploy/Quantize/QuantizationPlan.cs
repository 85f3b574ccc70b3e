using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>Which nodes of a graph compute with codes, and which values therefore have codes.</summary>
/// <remarks>
/// Every layer that can be quantised is, the first and the last too, unless it is to stay float. Sums, concatenations and pools follow
/// where all they read has codes anyway and a quantised node reads what they compute; that way nothing is quantised only to be
/// dequantised again.
/// </remarks>
internal sealed class QuantizationPlan
{
    private readonly GraphIndex index;
    private readonly Dictionary<string, List<NodeProto>> readers = [];
    private readonly Dictionary<NodeProto, IntegerLayer> layers = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NodeProto> others = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> coded = [];

    /// <param name="graph">Nodes in order, every one after those it reads from.</param>
    /// <param name="keepFloat">Patterns of the names of layers that stay float.</param>
    public QuantizationPlan(GraphProto graph, IReadOnlyList<string> keepFloat)
    {
        index = new GraphIndex(graph);
        foreach (var node in graph.Node)
        {
            foreach (var name in GraphIndex.Reads(node).Distinct())
            {
                (readers.TryGetValue(name, out var list) ? list : readers[name] = []).Add(node);
            }

            if (IntegerLayer.TryRead(node, index) is { } layer)
            {
                Layers.Add(layer);
                if (!keepFloat.Any(pattern => NamePattern.Matches(pattern, layer.Name)))
                {
                    layers[node] = layer;
                }
            }
        }

        FollowCodes(graph);
        DropUnread(graph);
        CollectValues();
    }

    /// <summary>Every layer that could be quantised, in the order of the graph.</summary>
    public List<IntegerLayer> Layers { get; } = [];

    /// <summary>The quantised layer that a node is; null for all other nodes.</summary>
    public IntegerLayer? Layer(NodeProto node) => layers.GetValueOrDefault(node);

    /// <summary>Whether a node reads codes that stand for numbers, and computes others.</summary>
    public bool Computes(NodeProto node) => layers.ContainsKey(node) || (others.Contains(node) && !IntegerOperators.Moves(node, index));

    /// <summary>Whether a node moves codes about.</summary>
    public bool Moves(NodeProto node) => others.Contains(node) && IntegerOperators.Moves(node, index);

    /// <summary>Values that have codes.</summary>
    public IReadOnlySet<string> Coded => coded;

    /// <summary>
    /// The value that a node which computes with codes computes them for: its own output, or what is left of that after the bias and the
    /// saturation that follow.
    /// </summary>
    public string Result(NodeProto node)
    {
        var value = node.Output[0];
        if (node.OpType == "MatMul" && OnlyReader(value) is { OpType: "Add" } add && add.IsStandard()
            && add.Input.Any(name => index.ConstantFloats(name) is not null))
        {
            value = add.Output[0];
        }

        return OnlyReader(value) is { } next && next.Input[0] == value && IntegerOperators.Saturates(next, index) ? next.Output[0] : value;
    }

    private NodeProto? OnlyReader(string value) => index.UseCount(value) == 1 && readers.TryGetValue(value, out var list) ? list[0] : null;

    /// <summary>The inputs of a node that are numbers and no constants.</summary>
    private IEnumerable<string> Data(NodeProto node) =>
        (Layer(node) is null && !IntegerOperators.Moves(node, index) ? node.Input : node.Input.Take(1)).Where(name => index.Constant(name) is null);

    private void FollowCodes(GraphProto graph)
    {
        var candidates = layers.Keys.Select(node => node.Input[0]).ToHashSet();
        foreach (var node in graph.Node)
        {
            if (layers.ContainsKey(node))
            {
                candidates.Add(Result(node));
                continue;
            }

            var constantsAreFloat = node.Input.All(name => index.Constant(name) is null || index.ConstantFloats(name) is { Length: > 0 });
            var moves = IntegerOperators.Moves(node, index);
            if ((moves || (IntegerOperators.Computes(node) && constantsAreFloat)) && Data(node).ToList() is { Count: > 0 } data && data.All(candidates.Contains))
            {
                others.Add(node);
                candidates.UnionWith(moves ? node.Output : [Result(node)]);
            }
        }
    }

    private void DropUnread(GraphProto graph)
    {
        foreach (var node in graph.Node.Reverse().Where(others.Contains))
        {
            var results = IntegerOperators.Moves(node, index) ? node.Output : [Result(node)];
            if (!results.SelectMany(value => readers.GetValueOrDefault(value, [])).Any(reader => layers.ContainsKey(reader) || others.Contains(reader)))
            {
                others.Remove(node);
            }
        }
    }

    private void CollectValues()
    {
        foreach (var node in layers.Keys.Concat(others))
        {
            coded.UnionWith(Data(node));
            if (Moves(node))
            {
                coded.UnionWith(node.Output);
            }
            else if (node.OpType is not ("Gemm" or "MatMul")) // these can leave their sums as float32
            {
                coded.Add(Result(node));
            }
        }
    }
}
