using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>The table of modules that have an ONNX form. Exporting another type is one more line in it.</summary>
internal static class ModuleConverters
{
    private delegate void Converter(nn.Module module, string path, GraphWriter graph);

    // Looked up by exact type: a class derived from one of these may compute something else.
    private static readonly Dictionary<Type, Converter> Converters = new()
    {
        [typeof(Sequential)] = ConvertChildren,
        [typeof(Linear)] = For<Linear>(LinearConverter.Convert),
        [typeof(Conv1d)] = For<Conv1d>(ConvolutionConverter.Convert),
        [typeof(Conv2d)] = For<Conv2d>(ConvolutionConverter.Convert),
        [typeof(BatchNorm1d)] = For<BatchNorm1d>((module, path, graph) => BatchNormConverter.Convert(module, path, graph, 1, 2)),
        [typeof(BatchNorm2d)] = For<BatchNorm2d>((module, path, graph) => BatchNormConverter.Convert(module, path, graph, 3)),
        [typeof(MaxPool2d)] = For<MaxPool2d>(PoolingConverter.Convert),
        [typeof(AvgPool2d)] = For<AvgPool2d>(PoolingConverter.Convert),
        [typeof(AdaptiveAvgPool2d)] = For<AdaptiveAvgPool2d>(PoolingConverter.Convert),
        [typeof(ReLU)] = Elementwise("Relu"),
        [typeof(Sigmoid)] = Elementwise("Sigmoid"),
        [typeof(Tanh)] = Elementwise("Tanh"),
        [typeof(Flatten)] = For<Flatten>(ConvertFlatten),
        [typeof(Dropout)] = Nothing, // the identity in evaluation mode
        [typeof(Identity)] = Nothing,
    };

    /// <summary>Appends what a module computes.</summary>
    /// <param name="module">The module; not changed.</param>
    /// <param name="path">Its place in the model, "" for the model itself.</param>
    /// <param name="graph">Where the nodes go.</param>
    /// <exception cref="ExportException">The table does not know the module's type.</exception>
    public static void Convert(nn.Module module, string path, GraphWriter graph)
    {
        if (!Converters.TryGetValue(module.GetType(), out var convert))
        {
            throw Refusal(
                module, path, "it has no ONNX form here.",
                $"Build the model from {string.Join(", ", Converters.Keys.Select(type => type.Name))}.");
        }
        convert(module, path, graph);
    }

    /// <summary>The refusal of one module, by its type and its path.</summary>
    public static ExportException Refusal(nn.Module module, string path, string why, string fix)
    {
        var place = path.Length > 0 ? $"module '{path}'" : "the model";
        return new ExportException(path, $"Cannot export {place}, a {module.GetType().Name}:", why, fix);
    }

    /// <summary>The refusal of a module that the value before it does not fit.</summary>
    public static ExportException Misfit(nn.Module module, string path, string expected, GraphWriter graph) => Refusal(
        module, path, $"it expects {expected}, and samples of shape [{string.Join(", ", graph.Shape)}] reach it.",
        "Check the modules before it and the input shape of the export.");

    private static Converter For<T>(Action<T, string, GraphWriter> convert)
        where T : nn.Module => (module, path, graph) => convert((T)module, path, graph);

    private static Converter Elementwise(string operation) => (_, path, graph) => graph.AppendElementwise(operation, path);

    private static void Nothing(nn.Module module, string path, GraphWriter graph)
    {
    }

    private static void ConvertChildren(nn.Module module, string path, GraphWriter graph)
    {
        foreach (var (name, child) in module.named_children())
        {
            Convert(child, GraphWriter.Join(path, name), graph);
        }
    }

    private static void ConvertFlatten(Flatten module, string path, GraphWriter graph)
    {
        var lastDimension = graph.Shape.Length; // counting the batch as dimension 0
        if (module.start_dim != 1 || (module.end_dim != -1 && module.end_dim != lastDimension))
        {
            throw Refusal(
                module, path, $"it flattens dimensions {module.start_dim} to {module.end_dim}; only all after the batch (1 to -1) is exported.",
                "Use Flatten().");
        }
        graph.Append("Flatten", path, [], [graph.Shape.Aggregate(1L, (product, size) => product * size)], Protos.Attribute("axis", 1));
    }
}
