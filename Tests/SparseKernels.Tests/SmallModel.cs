using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

/// <summary>Models of a few nodes, from "x" to "y", and how to run them.</summary>
internal static class SmallModel
{
    /// <summary>The bytes of a model.</summary>
    /// <param name="inputShape">Of x; a null is a dimension known by name only.</param>
    /// <param name="nodes">From x to y.</param>
    /// <param name="initializers">What the nodes take besides.</param>
    public static byte[] Bytes(IEnumerable<long?> inputShape, IEnumerable<NodeProto> nodes, IEnumerable<TensorProto> initializers)
    {
        var graph = new GraphProto { Name = "small" };
        graph.Node.AddRange(nodes);
        graph.Initializer.AddRange(initializers);
        graph.Input.Add(Value("x", inputShape));
        graph.Output.Add(Value("y", null));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = 17 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = SparseKernels.Domain, Version = 1 });
        return model.ToByteArray();
    }

    /// <summary>A node of our domain.</summary>
    public static NodeProto SparseNode(string operation, IEnumerable<string> inputs, string output = "y", params AttributeProto[] attributes)
    {
        var node = Protos.Node(operation, $"{operation}_{output}", inputs, [output], attributes);
        node.Domain = SparseKernels.Domain;
        return node;
    }

    /// <summary>A vector of bytes.</summary>
    public static TensorProto ByteTensor(string name, byte[] bytes)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Uint8, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.Add(bytes.Length);
        return tensor;
    }

    public static InferenceSession Session(byte[] model, int threads = 1)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        SparseKernels.Register(options);
        return new InferenceSession(model, options);
    }

    public static float[] Run(InferenceSession session, float[] x, params long[] shape)
    {
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(x, shape);
        using var outputs = session.Run(run, ["x"], [input], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static ValueInfoProto Value(string name, IEnumerable<long?>? shape)
    {
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float };
        if (shape is not null)
        {
            type.Shape = new TensorShapeProto();
            type.Shape.Dim.AddRange(shape.Select((size, i) => size is { } known
                ? new TensorShapeProto.Types.Dimension { DimValue = known }
                : new TensorShapeProto.Types.Dimension { DimParam = $"d{i}" }));
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}
