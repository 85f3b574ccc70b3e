using SparseHybrid.Deploy.Graph;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export;

/// <summary>Convolutions with zero padding, of any number of spatial dimensions, as Conv.</summary>
internal static class ConvolutionConverter
{
    public static void Convert(Convolution module, string path, GraphWriter graph)
    {
        var weightShape = module.weight.shape; // [outputs, inputs / groups, kernel...]
        var dimensions = weightShape.Length - 2;
        var inputs = weightShape[1] * module.groups;
        if (module.padding_mode != PaddingModes.Zeros)
        {
            throw ModuleConverters.Refusal(
                module, path, $"its padding mode is {module.padding_mode}; only {PaddingModes.Zeros} is exported.", "Pad with zeros.");
        }
        if (graph.Shape.Length != dimensions + 1 || graph.Shape[0] != inputs)
        {
            throw ModuleConverters.Misfit(module, path, $"{inputs} channels in {dimensions} spatial dimensions", graph);
        }

        var window = WindowOf(module, dimensions);
        var places = window.Places(graph.Shape.Skip(1));
        if (places.Any(count => count < 1))
        {
            throw ModuleConverters.Misfit(module, path, $"at least the size of its kernel [{string.Join(", ", window.Size)}]", graph);
        }

        List<string> parameters = [graph.AddTensor(path, "weight", module.weight)];
        if (module.bias is not null)
        {
            parameters.Add(graph.AddTensor(path, "bias", module.bias));
        }

        graph.Append(
            "Conv", path, parameters, [weightShape[0], .. places],
            Protos.Attribute("dilations", window.Dilation), Protos.Attribute("group", module.groups),
            Protos.Attribute("kernel_shape", window.Size), Protos.Attribute("pads", window.Pads), Protos.Attribute("strides", window.Stride));
    }

    private static Window WindowOf(Convolution module, int dimensions)
    {
        var window = Window.Of(dimensions, module.kernel_size, module.stride, module.padding, module.dilation);
        if (module.padding_type is not { } type)
        {
            return window;
        }

        var total = window.Size.Zip(window.Dilation, (size, dilation) => type == Padding.Same ? dilation * (size - 1) : 0).ToArray();
        long[] before = [.. total.Select(padding => padding / 2)];
        return window with { Before = before, After = [.. total.Zip(before, (all, first) => all - first)] };
    }
}
