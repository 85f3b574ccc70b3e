using System.Text.Json;
using Onnx;
using SparseHybrid.Deploy.Graph;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Collects an ONNX graph node by node.</summary>
internal sealed class GraphWriter
{
    private const int IrVersion = 8; // read by every ONNX Runtime since 1.10, whatever the operator set

    private readonly OnnxExportOptions options;
    private readonly ICollection<Tensor>? kept;
    private readonly GraphProto graph = new() { Name = "model" };
    private readonly HashSet<string> nodes = [];
    private readonly HashSet<string> tensors = [];

    /// <param name="options">Names and the operator set.</param>
    /// <param name="inputShape">The shape of one sample.</param>
    /// <param name="kept">
    /// Takes the tensors whose memory the model shares; the model is good until they are disposed. Null: the model has
    /// copies.
    /// </param>
    public GraphWriter(OnnxExportOptions options, long[] inputShape, ICollection<Tensor>? kept)
    {
        this.options = options;
        this.kept = kept;
        Input = new GraphValue(options.InputName, inputShape);
        var type = TakesIntegers ? TensorProto.Types.DataType.Int64 : TensorProto.Types.DataType.Float;
        graph.Input.Add(Protos.BatchedValue(options.InputName, options.BatchName, inputShape, type));
    }

    /// <summary>What the model takes.</summary>
    public GraphValue Input { get; }

    /// <summary>The version of the operator set.</summary>
    public int Opset => options.Opset;

    /// <summary>Whether the model takes whole numbers.</summary>
    public bool TakesIntegers => options.InputType == ScalarType.Int64;

    /// <summary>Appends a node of one output, which carries the node's name.</summary>
    /// <param name="operation">The ONNX operator.</param>
    /// <param name="name">The node's name; one that is taken gets a number behind it.</param>
    /// <param name="inputs">Names of values and tensors, in the operator's order.</param>
    /// <param name="outputShape">The shape of a sample of the output.</param>
    /// <param name="attributes">The operator's settings.</param>
    public GraphValue Append(
        string operation, string name, IEnumerable<string> inputs, long[] outputShape, params AttributeProto[] attributes)
    {
        var output = new GraphValue(AppendConstant(operation, name, inputs, attributes), outputShape);
        graph.ValueInfo.Add(Protos.BatchedValue(output.Name, options.BatchName, outputShape));
        return output;
    }

    /// <summary>As <see cref="Append"/>, for a node that computes with tensors only; returns the name of its output.</summary>
    public string AppendConstant(string operation, string name, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var unique = name;
        for (var number = 1; !nodes.Add(unique); number++)
        {
            unique = $"{name}_{number}";
        }

        var output = $"{unique}/output"; // a slash, because names of tensors are joined by dots
        graph.Node.Add(Protos.Node(operation, unique, inputs, [output], attributes));
        return output;
    }

    /// <summary>Adds a float32 tensor under its name in the state_dict; one that is there already stays.</summary>
    public void AddTensor(string name, Tensor tensor, IReadOnlyList<long> shape)
    {
        if (tensors.Add(name))
        {
            graph.Initializer.Add(TensorMemory.ToProto(name, tensor, shape, kept));
        }
    }

    /// <summary>Adds a tensor that no module holds; one of the same name that is there already stays.</summary>
    public void AddConstant(TensorProto tensor)
    {
        if (tensors.Add(tensor.Name))
        {
            graph.Initializer.Add(tensor);
        }
    }

    /// <summary>The finished model, which returns this value.</summary>
    /// <exception cref="ArgumentException">The name of the input or output is also that of a tensor.</exception>
    public ModelProto Finish(GraphValue result)
    {
        if (tensors.Contains(options.InputName) || tensors.Contains(options.OutputName))
        {
            throw new ArgumentException($"'{options.InputName}' or '{options.OutputName}' is the name of a tensor of the model; choose another name.");
        }

        if (result == Input)
        {
            result = Append("Identity", "Identity", [result.Name], result.Shape); // a graph may not return its input itself
        }

        NameOutput(result.Name);
        graph.Output.Add(Protos.BatchedValue(options.OutputName, options.BatchName, result.Shape));
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "SparseHybrid",
            ProducerVersion = typeof(GraphWriter).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = options.Opset });
        if (options.ClassNames is { } names)
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = OnnxExportOptions.ClassesKey, Value = JsonSerializer.Serialize(names) });
        }

        return model;
    }

    private void NameOutput(string name)
    {
        graph.ValueInfo.Remove(graph.ValueInfo.Single(value => value.Name == name));
        foreach (var names in graph.Node.SelectMany(node => new[] { node.Input, node.Output }))
        {
            for (var i = 0; i < names.Count; i++)
            {
                names[i] = names[i] == name ? options.OutputName : names[i];
            }
        }
    }
}
