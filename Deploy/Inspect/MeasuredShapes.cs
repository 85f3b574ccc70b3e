using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Shrink;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>
/// The shapes that values of a graph really have: ONNX Runtime computes the graph once, and says them. Weights and inputs are
/// zeros that are made on the way, for they change no shape.
/// </summary>
internal static class MeasuredShapes
{
    private const int SmallTensor = 1024; // entries; tensors that steer a graph are smaller
    private const long MostEntries = 1 << 28; // of zeros that the file itself does not hold: inputs, sparse tensors
    private const long OldestOperatorSet = 9; // has ConstantOfShape

    /// <summary>The shapes of values by name; null when the graph cannot be computed this way.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="inputs">The shape of each input, in their order.</param>
    /// <param name="names">The values.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot compute the graph.</exception>
    /// <exception cref="ProviderException">There is no ONNX Runtime.</exception>
    public static Dictionary<string, long[]>? TryMeasure(ModelProto model, IReadOnlyList<long[]> inputs, IReadOnlyList<string> names)
    {
        var made = inputs.Concat(model.Graph.SparseInitializer.Select(tensor => tensor.Dims.ToArray())).Select(TensorSize.ElementCount);
        if (OperatorSets.Version(model) is null or < OldestOperatorSet || made.Any(count => count is < 0 or > MostEntries))
        {
            return null;
        }

        if (names.Count == 0)
        {
            return [];
        }

        using var options = new SessionSettings().ToSessionOptions();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL; // folding constants would compute with the zeros
        using var session = new InferenceSession(ModelFile.ToBytes(Probe(model, inputs, names)), options);
        using var run = new RunOptions();
        using var shapes = session.Run(run, [], [], session.OutputNames);
        return names.Zip(shapes, (name, shape) => (name, Sizes: shape.GetTensorDataAsSpan<long>().ToArray())).ToDictionary(pair => pair.name, pair => pair.Sizes);
    }

    /// <summary>The graph with zeros for weights and inputs, and for outputs the shapes.</summary>
    internal static ModelProto Probe(ModelProto model, IReadOnlyList<long[]> inputs, IReadOnlyList<string> names)
    {
        var probe = model.Clone(); // shares the bytes of the tensors
        var graph = probe.Graph;
        var special = graph.Node.Where(node => !node.IsStandard()).SelectMany(node => node.Input).ToHashSet(); // such operators look at their tensors
        var zeros = InputShape.Fed(model.Graph).Zip(inputs, (input, shape) => Zeros(input.Name, input.Type.TensorType.ElemType, shape))
            .Concat(model.Graph.SparseInitializer.Select(tensor => Zeros(tensor.Values.Name, tensor.Values.DataType, tensor.Dims)))
            .Concat(model.Graph.Initializer.Where(IsLarge).Select(tensor => Zeros(tensor.Name, tensor.DataType, tensor.Dims)))
            .ToList();
        var shapes = names.Select((name, i) => Protos.Node("Shape", $"probe.{i}", [name], [$"probe.{i}"]));

        GraphEditor.Keep(graph.Initializer, tensor => !IsLarge(tensor));
        graph.Initializer.AddRange(zeros.Select(pair => pair.Sizes));
        graph.SparseInitializer.Clear();
        List<NodeProto> nodes = [.. zeros.Select(pair => pair.Node), .. graph.Node, .. shapes];
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        graph.Input.Clear();
        graph.ValueInfo.Clear(); // what is declared need not hold
        graph.Output.Clear();
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Int64 } };
        graph.Output.AddRange(names.Select((_, i) => new ValueInfoProto { Name = $"probe.{i}", Type = type }));
        return probe;

        bool IsLarge(TensorProto tensor) =>
            TensorData.ElementCount(tensor) > SmallTensor && tensor.DataType != (int)DataType.String && !special.Contains(tensor.Name);
    }

    /// <summary>A node that makes zeros, and the tensor with their shape that it reads.</summary>
    private static (NodeProto Node, TensorProto Sizes) Zeros(string name, int type, IEnumerable<long> shape)
    {
        var sizes = Protos.Tensor($"{name}/probe", shape);
        var zero = new TensorProto { DataType = type, Dims = { 1L } };
        zero.RawData = ByteString.CopyFrom(new byte[TensorSize.RawBytes(zero) ?? 0]);
        var value = new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = zero };
        return (Protos.Node("ConstantOfShape", sizes.Name, [sizes.Name], [name], value), sizes);
    }
}
