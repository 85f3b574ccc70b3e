using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>Lets ONNX Runtime compute nodes that read constants only.</summary>
internal static class ConstantEvaluator
{
    private const long MostBytes = 1L << 30; // of constants that one small model for ONNX Runtime carries

    /// <summary>The results by node; a node that ONNX Runtime does not compute has none.</summary>
    public static IReadOnlyDictionary<NodeProto, IReadOnlyList<TensorProto>> Run(ModelProto model, IReadOnlyList<NodeProto> nodes, GraphIndex index)
    {
        var results = new Dictionary<NodeProto, IReadOnlyList<TensorProto>>(ReferenceEqualityComparer.Instance);
        var together = nodes.Where(node => InputBytes(node, index) <= MostBytes / nodes.Count).ToList();
        if (!TryRun(model, together, index, results))
        {
            together.ForEach(node => TryRun(model, [node], index, results)); // one is at fault, the others need not suffer
        }

        return results;
    }

    private static long InputBytes(NodeProto node, GraphIndex index) =>
        node.Input.Where(name => name.Length > 0).Sum(name => (long)index.Constant(name)!.CalculateSize());

    private static bool TryRun(
        ModelProto model, IReadOnlyList<NodeProto> nodes, GraphIndex index, Dictionary<NodeProto, IReadOnlyList<TensorProto>> results)
    {
        if (nodes.Count == 0)
        {
            return true;
        }

        try
        {
            using var options = new SessionSettings().ToSessionOptions();
            using var session = new InferenceSession(Excerpt(model, nodes, index).ToByteArray(), options);
            using var runOptions = new RunOptions();
            using var values = session.Run(runOptions, [], Array.Empty<OrtValue>(), session.OutputNames);
            var tensors = session.OutputNames.Zip(values, ToTensor).ToDictionary(tensor => tensor.Name);
            foreach (var node in nodes)
            {
                results[node] = [.. node.Output.Where(name => name.Length > 0).Select(name => tensors[name])];
            }

            return true;
        }
        catch (Exception error) when (error is OnnxRuntimeException or NotSupportedException)
        {
            return false; // then the node stays, and ONNX Runtime says what is wrong when the whole model is run
        }
    }

    /// <summary>A model of these nodes alone.</summary>
    private static ModelProto Excerpt(ModelProto model, IReadOnlyList<NodeProto> nodes, GraphIndex index)
    {
        var graph = new GraphProto { Name = "constants" };
        graph.Node.AddRange(nodes);
        foreach (var name in nodes.SelectMany(node => node.Input).Where(name => name.Length > 0).Distinct())
        {
            var tensor = index.Constant(name)!.Clone();
            tensor.Name = name; // that of a Constant node's output, where the tensor itself has another
            graph.Initializer.Add(tensor);
        }

        graph.Output.AddRange(nodes.SelectMany(node => node.Output).Where(name => name.Length > 0).Select(name => new ValueInfoProto { Name = name }));
        var excerpt = new ModelProto { IrVersion = model.IrVersion, Graph = graph };
        excerpt.OpsetImport.AddRange(model.OpsetImport);
        return excerpt;
    }

    private static TensorProto ToTensor(string name, OrtValue value)
    {
        var shape = value.GetTensorTypeAndShape();
        var type = shape.ElementDataType switch
        {
            TensorElementType.Float => TensorProto.Types.DataType.Float,
            TensorElementType.Double => TensorProto.Types.DataType.Double,
            TensorElementType.Float16 => TensorProto.Types.DataType.Float16,
            TensorElementType.Int64 => TensorProto.Types.DataType.Int64,
            TensorElementType.Int32 => TensorProto.Types.DataType.Int32,
            TensorElementType.Int8 => TensorProto.Types.DataType.Int8,
            TensorElementType.UInt8 => TensorProto.Types.DataType.Uint8,
            TensorElementType.Bool => TensorProto.Types.DataType.Bool,
            var other => throw new NotSupportedException($"No constant of {other} is written."),
        };
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(value.GetTensorMutableRawData()) };
        tensor.Dims.AddRange(shape.Shape);
        return tensor;
    }
}
