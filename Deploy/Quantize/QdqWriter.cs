using System.Runtime.InteropServices;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>
/// Rewrites a graph in place with a QuantizeLinear behind every value that has codes and a DequantizeLinear in front of what reads
/// it, the form that ONNX Runtime fuses into integer operators.
/// </summary>
/// <remarks>
/// A value keeps its name as float32; what computed it writes NAME.float, and NAME.quantized are its codes. Nodes that only move
/// values about read and write codes themselves: exact, and no matter of fusion.
/// </remarks>
internal sealed class QdqWriter
{
    private readonly GraphProto graph;
    private readonly GraphIndex index;
    private readonly QuantizationPlan plan;
    private readonly IReadOnlyDictionary<string, ValueRange> ranges;
    private readonly int weightBits;
    private readonly UniqueNames names;
    private readonly List<NodeProto> nodes = [];
    private readonly Dictionary<string, CodedValue> values = [];
    private readonly HashSet<string> wasRead;

    /// <summary>A value in both forms.</summary>
    /// <param name="Codes">The name of its codes.</param>
    /// <param name="Numbers">The name of what the codes stand for.</param>
    /// <param name="Scale">The name of its scale.</param>
    /// <param name="ZeroPoint">The name of the code of zero.</param>
    /// <param name="StepSize">The scale itself.</param>
    private sealed record CodedValue(string Codes, string Numbers, string Scale, string ZeroPoint, float StepSize);

    private QdqWriter(GraphProto graph, QuantizationPlan plan, IReadOnlyDictionary<string, ValueRange> ranges, int weightBits)
    {
        this.graph = graph;
        this.plan = plan;
        this.ranges = ranges;
        this.weightBits = weightBits;
        index = new GraphIndex(graph);
        names = new UniqueNames(graph);
        wasRead = [.. graph.Node.SelectMany(GraphIndex.Reads)];
    }

    /// <summary>Rewrites a graph.</summary>
    /// <param name="graph">The graph, changed in place.</param>
    /// <param name="plan">What is quantised of it.</param>
    /// <param name="ranges">The range of every value that has codes, but for those that moving makes.</param>
    /// <param name="weightBits">7 or 8.</param>
    public static void Rewrite(GraphProto graph, QuantizationPlan plan, IReadOnlyDictionary<string, ValueRange> ranges, int weightBits) =>
        new QdqWriter(graph, plan, ranges, weightBits).Rewrite();

    private void Rewrite()
    {
        foreach (var input in graph.Input.Where(input => plan.Coded.Contains(input.Name)))
        {
            AddCodes(input.Name, input.Name, names.Take($"{input.Name}.dequantized"));
        }

        var computed = graph.Node.Where(plan.Computes).Select(plan.Result).ToHashSet();
        foreach (var node in graph.Node)
        {
            if (plan.Moves(node))
            {
                MoveCodes(node);
                continue;
            }

            ReadCodes(node);
            nodes.Add(node);
            for (var i = 0; i < node.Output.Count; i++)
            {
                if (plan.Coded.Contains(node.Output[i]))
                {
                    WriteCodes(node, i, computed.Contains(node.Output[i]));
                }
            }
        }

        Replace();
    }

    private void MoveCodes(NodeProto node)
    {
        var source = values[node.Input[0]];
        node.Input[0] = source.Codes;
        if (node.OpType == "Pad")
        {
            while (node.Input.Count < 3)
            {
                node.Input.Add("");
            }

            node.Input[2] = source.ZeroPoint;
        }

        nodes.Add(node);
        for (var i = 0; i < node.Output.Count; i++)
        {
            var name = node.Output[i];
            node.Output[i] = names.Take($"{name}.quantized");
            values[name] = source with { Codes = node.Output[i], Numbers = name };
            Dequantize(values[name]);
        }
    }

    private void ReadCodes(NodeProto node)
    {
        if (plan.Layer(node) is { } layer)
        {
            var input = values[node.Input[0]];
            var weights = SymmetricWeights.Of(layer, input.StepSize, weightBits);
            node.Input[0] = input.Numbers;
            node.Input[1] = Weight(layer, weights);
            if (layer.Bias is not null)
            {
                node.Input[2] = Bias(layer, [.. weights.Scales.Select(scale => scale * input.StepSize)]);
            }
        }
        else if (plan.Computes(node))
        {
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = (values.TryGetValue(node.Input[i], out var value) ? value : Constant(node.Input[i])).Numbers;
            }
        }
    }

    /// <summary>Puts codes behind an output. The numbers behind codes take over its name where the node itself computes with codes.</summary>
    private void WriteCodes(NodeProto node, int output, bool isFromCodes)
    {
        var name = node.Output[output];
        if (isFromCodes)
        {
            node.Output[output] = names.Take($"{name}.float");
        }

        AddCodes(name, node.Output[output], isFromCodes ? name : names.Take($"{name}.dequantized"));
    }

    private void AddCodes(string name, string computed, string numbers)
    {
        values[name] = NewValue(name, numbers, AffineScale.Covering(ranges[name]));
        nodes.Add(Protos.Node(
            "QuantizeLinear", names.Take($"{name}.quantize"), [computed, values[name].Scale, values[name].ZeroPoint], [values[name].Codes]));
        Dequantize(values[name]);
    }

    private CodedValue NewValue(string name, string numbers, AffineScale scale)
    {
        var value = new CodedValue(
            names.Take($"{name}.quantized"), numbers, names.Take($"{name}.scale"), names.Take($"{name}.zero_point"), scale.Scale);
        graph.Initializer.Add(Protos.Tensor(value.Scale, [], [scale.Scale]));
        graph.Initializer.Add(Protos.Tensor(value.ZeroPoint, [], DataType.Uint8, [scale.ZeroPoint]));
        return value;
    }

    private void Dequantize(CodedValue value) => nodes.Add(Protos.Node(
        "DequantizeLinear", names.Take($"{value.Numbers}.dequantize"), [value.Codes, value.Scale, value.ZeroPoint], [value.Numbers]));

    private CodedValue Constant(string name)
    {
        var tensor = index.Constant(name)!;
        var numbers = TensorData.TryReadFloats(tensor)!;
        var scale = AffineScale.Covering(ValueRange.Empty.With(numbers));
        var value = values[name] = NewValue(name, names.Take($"{name}.dequantized"), scale);
        graph.Initializer.Add(Protos.Tensor(value.Codes, tensor.Dims, DataType.Uint8, Array.ConvertAll(numbers, scale.Quantize)));
        Dequantize(value);
        return value;
    }

    private string Weight(IntegerLayer layer, SymmetricWeights weights)
    {
        var codes = Protos.Tensor(names.Take($"{layer.Weight.Name}.quantized"), layer.Weight.Shape, DataType.Int8, MemoryMarshal.AsBytes(weights.Codes.AsSpan()));
        var zeroPoints = Protos.Tensor(names.Take($"{layer.Weight.Name}.zero_point"), [layer.Outputs], DataType.Int8, new byte[layer.Outputs]);
        return Dequantize(layer.Weight.Name, codes, weights.Scales, layer.OutputAxis, zeroPoints);
    }

    private string Bias(IntegerLayer layer, float[] scales)
    {
        var name = layer.Node.Input[2];
        int[] entries = [.. layer.Bias!.Zip(scales, (bias, scale) => (int)Math.Round(bias / (double)scale))];
        var codes = Protos.Tensor(names.Take($"{name}.quantized"), [layer.Outputs], DataType.Int32, MemoryMarshal.AsBytes(entries.AsSpan()));
        return Dequantize(name, codes, scales, axis: 0);
    }

    private string Dequantize(string name, TensorProto codes, float[] scales, int axis, params TensorProto[] zeroPoints)
    {
        var scale = Protos.Tensor(names.Take($"{name}.scale"), [scales.Length], scales);
        var numbers = names.Take($"{name}.dequantized");
        graph.Initializer.AddRange([codes, scale, .. zeroPoints]);
        nodes.Add(Protos.Node(
            "DequantizeLinear", names.Take($"{name}.dequantize"), [codes.Name, scale.Name, .. zeroPoints.Select(tensor => tensor.Name)], [numbers],
            Protos.Attribute("axis", axis)));
        return numbers;
    }

    /// <summary>Gives the graph its new nodes, without the numbers and the tensors that no one reads any longer.</summary>
    private void Replace()
    {
        var read = Read();
        nodes.RemoveAll(node => node.OpType == "DequantizeLinear" && !read.Contains(node.Output[0]));
        read = Read();
        nodes.RemoveAll(node => GraphIndex.IsConstant(node) && !read.Contains(node.Output[0]));
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        GraphEditor.Keep(graph.Initializer, tensor => read.Contains(tensor.Name) || !wasRead.Contains(tensor.Name));
        var computed = nodes.SelectMany(node => node.Output).ToHashSet();
        GraphEditor.Keep(graph.ValueInfo, value => computed.Contains(value.Name));

        HashSet<string> Read() => [.. nodes.SelectMany(GraphIndex.Reads), .. graph.Output.Select(output => output.Name)];
    }
}
