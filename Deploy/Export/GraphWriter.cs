using System.Runtime.InteropServices;
using Onnx;
using SparseHybrid.Deploy.Graph;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Collects an ONNX graph node by node, and follows the value under way and its shape.</summary>
internal sealed class GraphWriter
{
    private const int IrVersion = 8; // read by every ONNX Runtime since 1.10, whatever the operator set

    private readonly OnnxExportOptions options;
    private readonly GraphProto graph = new() { Name = "model" };
    private readonly HashSet<string> tensors = [];
    private string current;

    public GraphWriter(OnnxExportOptions options, long[] inputShape)
    {
        this.options = options;
        current = options.InputName;
        Shape = inputShape;
        graph.Input.Add(Protos.BatchedValue(options.InputName, options.BatchName, inputShape));
    }

    /// <summary>The shape of one sample of the value that the next node will read.</summary>
    public long[] Shape { get; private set; }

    /// <summary>Appends a node that reads the value under way, then the named tensors.</summary>
    public void Append(string operation, string path, IEnumerable<string> parameters, long[] outputShape, params AttributeProto[] attributes)
    {
        var name = path.Length > 0 ? path : operation;
        var output = $"{name}/output"; // a slash, because names of tensors are joined by dots
        graph.Node.Add(Protos.Node(operation, name, parameters.Prepend(current), [output], attributes));
        current = output;
        Shape = outputShape;
    }

    /// <summary>Appends a node without parameters that keeps the shape.</summary>
    public void AppendElementwise(string operation, string path, params AttributeProto[] attributes) =>
        Append(operation, path, [], Shape, attributes);

    /// <summary>Adds a module's tensor under its name in the state_dict, and returns that name.</summary>
    /// <exception cref="ExportException">It is not float32.</exception>
    public string AddTensor(string path, string name, Tensor tensor)
    {
        if (tensor.dtype != ScalarType.Float32)
        {
            throw new ExportException(
                path, $"Cannot export the tensor '{Join(path, name)}'.", $"It is {tensor.dtype}; only Float32 is exported.",
                "Convert the model with .to(torch.float32) first.");
        }
        using var detached = tensor.detach();
        using var onProcessor = detached.cpu();
        using var contiguous = onProcessor.contiguous();
        return AddTensor(path, name, MemoryMarshal.Cast<byte, float>(contiguous.bytes), tensor.shape);
    }

    /// <summary>As the other overload, for values that the module does not hold as a tensor.</summary>
    public string AddTensor(string path, string name, ReadOnlySpan<float> values, long[] shape)
    {
        var fullName = Join(path, name);
        if (tensors.Add(fullName))
        {
            graph.Initializer.Add(Protos.Tensor(fullName, shape, values));
        }

        return fullName;
    }

    /// <summary>The finished model.</summary>
    public ModelProto Finish()
    {
        if (graph.Node.Count == 0)
        {
            AppendElementwise("Identity", ""); // a graph may not return its input itself
        }

        graph.Node[^1].Output[0] = options.OutputName;
        graph.Output.Add(Protos.BatchedValue(options.OutputName, options.BatchName, Shape));
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "SparseHybrid",
            ProducerVersion = typeof(GraphWriter).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = options.Opset });
        return model;
    }

    /// <summary>A module's path and the name of something in it, as the state_dict joins them.</summary>
    public static string Join(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
