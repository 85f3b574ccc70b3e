using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Builds ONNX models by hand, one node after the other, without the exporter.</summary>
internal sealed class SequentialGraph
{
    private readonly GraphProto graph = new() { Name = "test" };
    private string current = "input";
    private int nodes;

    public SequentialGraph(params long[] sampleShape) => graph.Input.Add(Protos.BatchedValue("input", "batch", sampleShape));

    public GraphProto Graph => graph;

    /// <summary>The value that the next node reads.</summary>
    public string Current => current;

    /// <summary>Weights row by row, one row per output; with <paramref name="transposed"/> false they are stored one column per output.</summary>
    public SequentialGraph Gemm(string name, int outputs, float[] weights, float[]? bias = null, bool transposed = true)
    {
        var inputs = weights.Length / outputs;
        AddTensor($"{name}.weight", transposed ? [outputs, inputs] : [inputs, outputs], transposed ? weights : Transpose(weights, outputs));
        return Append("Gemm", name, Parameters(name, bias), Protos.Attribute("transB", transposed ? 1 : 0));
    }

    public SequentialGraph MatMul(string name, int outputs, float[] weights)
    {
        AddTensor($"{name}.weight", [weights.Length / outputs, outputs], Transpose(weights, outputs));
        return Append("MatMul", name, [$"{name}.weight"]);
    }

    public SequentialGraph Add(string name, float[] values, params long[] shape)
    {
        AddTensor(name, shape, values);
        return Append("Add", name, [name]);
    }

    /// <summary>Square kernels; weights as [outputs, inputs, kernel, kernel].</summary>
    public SequentialGraph Conv(string name, int outputs, int inputs, float[] weights, float[]? bias = null, long padding = 0, long group = 1)
    {
        var kernel = (long)Math.Sqrt(weights.Length / outputs / inputs);
        AddTensor($"{name}.weight", [outputs, inputs, kernel, kernel], weights);
        return Append(
            "Conv", name, Parameters(name, bias), Protos.Attribute("kernel_shape", [kernel, kernel]),
            Protos.Attribute("pads", [padding, padding, padding, padding]), Protos.Attribute("group", group));
    }

    public SequentialGraph BatchNorm(string name, float[] scale, float[] shift, float[] mean, float[] variance)
    {
        foreach (var (part, values) in new[] { ("weight", scale), ("bias", shift), ("running_mean", mean), ("running_var", variance) })
        {
            AddTensor($"{name}.{part}", [values.Length], values);
        }

        return Append("BatchNormalization", name, [$"{name}.weight", $"{name}.bias", $"{name}.running_mean", $"{name}.running_var"]);
    }

    public SequentialGraph MaxPool(long size) =>
        Append("MaxPool", null, [], Protos.Attribute("kernel_shape", [size, size]), Protos.Attribute("strides", [size, size]));

    public SequentialGraph AveragePool(long size, long padding = 0, bool countsPadding = false) => Append(
        "AveragePool", null, [], Protos.Attribute("kernel_shape", [size, size]), Protos.Attribute("strides", [size, size]),
        Protos.Attribute("pads", [padding, padding, padding, padding]), Protos.Attribute("count_include_pad", countsPadding ? 1 : 0));

    public SequentialGraph Flatten() => Append("Flatten", null, [], Protos.Attribute("axis", 1));

    /// <summary>A node of one input and one output that needs no parameters, as Relu.</summary>
    public SequentialGraph Then(string operation) => Append(operation, null, []);

    /// <summary>A node that reads several values; a concatenation is one of channels.</summary>
    public SequentialGraph Join(string operation, string first, params string[] others)
    {
        current = first;
        return Append(operation, null, others, operation == "Concat" ? [Protos.Attribute("axis", 1)] : []);
    }

    /// <summary>Goes on from another value.</summary>
    public SequentialGraph Continue(string value)
    {
        current = value;
        return this;
    }

    public void AddTensor(string name, long[] shape, float[] values) => graph.Initializer.Add(Protos.Tensor(name, shape, values));

    /// <summary>The model; the last value is its output, of the given sample shape.</summary>
    public ModelProto Build(params long[] outputSampleShape)
    {
        var finished = graph.Clone();
        finished.Node[^1].Output[0] = "output";
        finished.Output.Add(Protos.BatchedValue("output", "batch", outputSampleShape));
        var model = new ModelProto { IrVersion = 8, ProducerName = "test", Graph = finished };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return model;
    }

    private IEnumerable<string> Parameters(string name, float[]? bias)
    {
        if (bias is null)
        {
            return [$"{name}.weight"];
        }

        AddTensor($"{name}.bias", [bias.Length], bias);
        return [$"{name}.weight", $"{name}.bias"];
    }

    private SequentialGraph Append(string operation, string? name, IEnumerable<string> parameters, params AttributeProto[] attributes)
    {
        var output = $"value{++nodes}";
        graph.Node.Add(Protos.Node(operation, name ?? $"{operation}{nodes}", parameters.Prepend(current), [output], attributes));
        current = output;
        return this;
    }

    private static float[] Transpose(float[] rows, int rowCount)
    {
        var columns = rows.Length / rowCount;
        return [.. Enumerable.Range(0, rows.Length).Select(i => rows[i % rowCount * columns + i / rowCount])];
    }
}
