using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Quantize.Float16;

/// <summary>Makes a model compute in float16, for accelerators; its inputs and outputs stay float32.</summary>
/// <remarks>
/// Nodes whose operator or weights float16 does not suit stay float32 between casts. ONNX Runtime has no float16 arithmetic for x86
/// processors: there it casts around every node, and such a model is slower than the float32 one.
/// </remarks>
public sealed class HalfValues
{
    private readonly GraphProto graph;
    private readonly GraphIndex index;
    private readonly UniqueNames names;
    private readonly HashSet<string> floats = [];
    private readonly Dictionary<string, string> halves = [];
    private readonly Dictionary<string, TensorProto?> tensors = [];
    private readonly HashSet<string> halfOnly = [];
    private readonly List<NodeProto> nodes = [];

    private HalfValues(GraphProto graph)
    {
        this.graph = graph;
        index = new GraphIndex(graph);
        names = new UniqueNames(graph);
        var declared = graph.Input.Concat(graph.ValueInfo).Where(value => value.Type?.TensorType?.ElemType == (int)DataType.Float);
        floats.UnionWith(declared.Select(value => value.Name));
    }

    /// <summary>Converts every node that float16 suits.</summary>
    /// <param name="model">Not changed.</param>
    /// <exception cref="QuantizationException">There is no such node with weights, or a weight is not finite.</exception>
    public static HalfResult Convert(ModelProto model)
    {
        var converted = HalfModel.Clone(model);
        return new HalfValues(converted.Graph).Rewrite(converted);
    }

    private HalfResult Rewrite(ModelProto model)
    {
        var wasRead = graph.Node.SelectMany(GraphIndex.Reads).ToHashSet();
        foreach (var node in graph.Node)
        {
            Visit(node);
        }

        foreach (var output in graph.Output)
        {
            Restore(output.Name);
        }

        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        var read = nodes.SelectMany(GraphIndex.Reads).Concat(graph.Output.Select(output => output.Name)).ToHashSet();
        var converted = tensors.Values.OfType<TensorProto>().Where(tensor => read.Contains(tensor.Name)).ToList();
        graph.Initializer.AddRange(converted);
        GraphEditor.Keep(graph.Initializer, tensor => read.Contains(tensor.Name) || !wasRead.Contains(tensor.Name));
        GraphEditor.Keep(graph.Node, node => !GraphIndex.IsConstant(node) || read.Contains(node.Output[0]));
        GraphEditor.Keep(graph.ValueInfo, value => !halfOnly.Contains(value.Name));
        string[] kept = [.. tensors.Where(tensor => tensor.Value is null).Select(tensor => tensor.Key)];
        HalfModel.CheckHasAny(converted.Count, kept);
        return new HalfResult(model, converted.Count, kept);
    }

    private void Visit(NodeProto node)
    {
        var places = GraphIndex.IsConstant(node) ? null : HalfOperators.Inputs(node);
        if (places?.All(place => CanBeHalf(node.Input[place])) == true && places.Any(place => index.Constant(node.Input[place]) is null))
        {
            foreach (var place in places)
            {
                node.Input[place] = Half(node.Input[place]);
            }

            for (var i = 0; i < node.Output.Count; i++)
            {
                var name = node.Output[i];
                floats.Add(name);
                halfOnly.Add(name);
                node.Output[i] = halves[name] = names.Take($"{name}.float16");
            }
        }
        else
        {
            foreach (var name in GraphIndex.Reads(node).Distinct())
            {
                Restore(name);
            }

            if (HalfOperators.KeepsType(node) && floats.Contains(node.Input[0]))
            {
                floats.Add(node.Output[0]);
            }
        }

        nodes.Add(node);
    }

    private bool CanBeHalf(string name) => index.Constant(name) is null ? floats.Contains(name) : HalfTensorOf(name) is not null;

    /// <summary>A constant in float16; null when it is no float32 tensor or float16 cannot hold it.</summary>
    private TensorProto? HalfTensorOf(string name)
    {
        if (tensors.TryGetValue(name, out var known))
        {
            return known;
        }

        if (FloatTensor.TryRead(index.Constant(name)) is not { } tensor)
        {
            return null;
        }

        if (tensor.Shape.Count > 0) // a single number may be the infinite bound of a Clip
        {
            HalfModel.CheckIsFinite(tensor);
        }

        return tensors[name] = HalfTensor.TryConvert(tensor, names.Take($"{name}.float16"));
    }

    private string Half(string name)
    {
        if (index.Constant(name) is not null)
        {
            return HalfTensorOf(name)!.Name;
        }

        if (!halves.TryGetValue(name, out var half))
        {
            half = halves[name] = names.Take($"{name}.float16");
            nodes.Add(HalfModel.Cast(name, half, DataType.Float16, names));
        }

        return half;
    }

    /// <summary>Makes a value that so far is float16 only known as float32 as well.</summary>
    private void Restore(string name)
    {
        if (halfOnly.Remove(name))
        {
            nodes.Add(HalfModel.Cast(halves[name], name, DataType.Float, names));
        }
    }
}
