using System.Globalization;
using Onnx;
using SparseHybrid.Deploy.Graph;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>A module at its place in the model, and the graph that its nodes go to.</summary>
/// <param name="Graph">Where the nodes go.</param>
/// <param name="Module">The module; not changed.</param>
/// <param name="Path">Its place in the model, "" for the model itself.</param>
internal sealed record ModuleSite(GraphWriter Graph, nn.Module Module, string Path)
{
    /// <summary>A module inside this one.</summary>
    public ModuleSite Child(string name, nn.Module child) => new(Graph, child, Join(name));

    /// <summary>Appends the node that stands for the module, named by its path.</summary>
    public GraphValue Append(string operation, GraphValue input, long[] outputShape, IEnumerable<string> parameters, params AttributeProto[] attributes) =>
        Graph.Append(operation, Path.Length > 0 ? Path : operation, parameters.Prepend(input.Name), outputShape, attributes);

    /// <summary>As <see cref="Append"/>, for a node without parameters that keeps the shape.</summary>
    public GraphValue Elementwise(string operation, GraphValue input, params AttributeProto[] attributes) =>
        Append(operation, input, input.Shape, [], attributes);

    /// <summary>Appends one of several nodes that together stand for the module, named by its path and the operator.</summary>
    public GraphValue Step(string operation, IEnumerable<string> inputs, long[] outputShape, params AttributeProto[] attributes) =>
        Graph.Append(operation, StepName(operation), inputs, outputShape, attributes);

    /// <summary>As <see cref="Step"/>, for a node that computes with tensors only; returns the name of its output.</summary>
    public string Constant(string operation, IEnumerable<string> inputs, params AttributeProto[] attributes) =>
        Graph.AppendConstant(operation, StepName(operation), inputs, attributes);

    /// <summary>Adds a tensor of the module under its name in the state_dict, and returns that name.</summary>
    /// <exception cref="ExportException">It is not float32.</exception>
    public string Tensor(string name, Tensor tensor) => Tensor(name, tensor, tensor.shape);

    /// <summary>As <see cref="Tensor(string, Tensor)"/>, in another shape of as many entries.</summary>
    public string Tensor(string name, Tensor tensor, IReadOnlyList<long> shape)
    {
        if (tensor.dtype != ScalarType.Float32)
        {
            throw new ExportException(
                Path, $"Cannot export the tensor '{Join(name)}'.", $"It is {tensor.dtype}; only Float32 is exported.",
                "Convert the model with .to(torch.float32) first.");
        }

        Graph.AddTensor(Join(name), tensor, shape);
        return Join(name);
    }

    /// <summary>As <see cref="Tensor(string, Tensor)"/>, with one value everywhere where the module has no such tensor.</summary>
    public string TensorOr(string name, Tensor? tensor, float value, params long[] shape)
    {
        if (tensor is not null)
        {
            return Tensor(name, tensor);
        }

        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Array.Fill(values, value);
        Graph.AddConstant(Protos.Tensor(Join(name), shape, values));
        return Join(name);
    }

    /// <summary>The names of weight and bias, in this order; the bias is left out where the module has none.</summary>
    public IReadOnlyList<string> WeightAndBias(Tensor weight, Tensor? bias) =>
        bias is null ? [Tensor("weight", weight)] : [Tensor("weight", weight), Tensor("bias", bias)];

    /// <summary>A float32 number as a tensor without dimensions, named by its value: equal ones are one.</summary>
    public string Number(double value)
    {
        var name = $"number/{Text((float)value)}";
        Graph.AddConstant(Protos.Tensor(name, [], [(float)value]));
        return name;
    }

    /// <summary>Float32 numbers as a vector, named by its values: equal ones are one.</summary>
    public string Numbers(params float[] values)
    {
        var name = $"numbers/{string.Join(',', values.Select(Text))}";
        Graph.AddConstant(Protos.Tensor(name, [values.Length], values));
        return name;
    }

    /// <summary>Whole numbers as a vector, named by its values: equal ones are one.</summary>
    public string Integers(params IReadOnlyList<long> values)
    {
        var name = $"integers/{string.Join(',', values)}";
        Graph.AddConstant(Protos.Tensor(name, values));
        return name;
    }

    /// <summary>The refusal of the module, by its type and its path.</summary>
    public ExportException Refusal(string why, string fix)
    {
        var place = Path.Length > 0 ? $"module '{Path}'" : "the model";
        return new ExportException(Path, $"Cannot export {place}, a {Module.GetType().Name}:", why, fix);
    }

    /// <summary>The refusal of a module that the value before it does not fit.</summary>
    public ExportException Misfit(string expected, GraphValue found) => Refusal(
        $"it expects {expected}, and samples of shape [{string.Join(", ", found.Shape)}] reach it.",
        "Check the modules before it and the input shape of the export.");

    /// <summary>A dimension counted from 0, the batch, where it may have been counted from the last.</summary>
    /// <exception cref="ExportException">The value has no such dimension, or it is the batch.</exception>
    public int Dimension(long dimension, GraphValue value)
    {
        var place = dimension < 0 ? dimension + value.Rank : dimension;
        return place >= 1 && place < value.Rank
            ? (int)place
            : throw Refusal(
                $"it works along dimension {dimension} of [batch, {string.Join(", ", value.Shape)}].",
                $"Choose one from 1 to {value.Rank - 1}: the batch stays as it is.");
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string StepName(string operation) => Path.Length > 0 ? $"{Path}/{operation}" : operation;

    private string Join(string name) => Path.Length > 0 ? $"{Path}.{name}" : name;
}
