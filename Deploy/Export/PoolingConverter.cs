using Onnx;
using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Pooling over [channels, height, width].</summary>
internal static class PoolingConverter
{
    private const int SpatialDimensions = 2;

    public static void Convert(MaxPool2d module, string path, GraphWriter graph)
    {
        var window = Window.Of(SpatialDimensions, module.kernel_size, module.stride, module.padding, module.dilation, module.ceil_mode);
        Append("MaxPool", module, path, graph, window, Protos.Attribute("dilations", window.Dilation));
    }

    public static void Convert(AvgPool2d module, string path, GraphWriter graph)
    {
        if (module.divisor_override is { } divisor)
        {
            throw ModuleConverters.Refusal(module, path, $"ONNX has no divisor_override ({divisor}).", "Leave it out and scale the next layer.");
        }

        if (module.ceil_mode)
        {
            throw ModuleConverters.Refusal(module, path, "ONNX and PyTorch divide differently with ceil_mode.", "Use ceil_mode: false.");
        }

        var window = Window.Of(SpatialDimensions, module.kernel_size, module.stride, module.padding, dilation: null);
        Append("AveragePool", module, path, graph, window, Protos.Attribute("count_include_pad", module.count_include_pad ? 1 : 0));
    }

    public static void Convert(AdaptiveAvgPool2d module, string path, GraphWriter graph)
    {
        if (graph.Shape is not [var channels, var height, var width])
        {
            throw ModuleConverters.Misfit(module, path, "samples of 3 dimensions", graph);
        }

        var output = module.output_size is [var single] ? [single, single] : module.output_size;
        if (output is [1, 1])
        {
            graph.Append("GlobalAveragePool", path, [], [channels, 1, 1]);
            return;
        }
        if (output.Any(size => size < 1) || height % output[0] != 0 || width % output[1] != 0)
        {
            throw ModuleConverters.Refusal(
                module,
                path,
                $"its output [{string.Join(", ", output)}] does not divide the input [{height}, {width}], so its windows differ in size.",
                "Choose an output size that divides the input, as 1.");
        }
        Append("AveragePool", module, path, graph, Window.Of(SpatialDimensions, [height / output[0], width / output[1]], null, null, null));
    }

    private static void Append(string operation, nn.Module module, string path, GraphWriter graph, Window window, params AttributeProto[] attributes)
    {
        if (graph.Shape.Length != SpatialDimensions + 1)
        {
            throw ModuleConverters.Misfit(module, path, "samples of 3 dimensions", graph);
        }

        var places = window.Places(graph.Shape.Skip(1));
        if (places.Any(count => count < 1))
        {
            throw ModuleConverters.Misfit(module, path, $"at least the size of its window [{string.Join(", ", window.Size)}]", graph);
        }

        graph.Append(
            operation, path, [], [graph.Shape[0], .. places],
            [
                Protos.Attribute("ceil_mode", window.RoundsUp ? 1 : 0), Protos.Attribute("kernel_shape", window.Size),
                Protos.Attribute("pads", window.Pads), Protos.Attribute("strides", window.Stride), .. attributes,
            ]);
    }
}
