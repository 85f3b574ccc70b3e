using Onnx;
using SparseHybrid.Deploy.Graph;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Convolutions of any number of spatial dimensions as Conv, transposed ones as ConvTranspose.</summary>
internal static class ConvolutionConverter
{
    public static GraphValue Convert(Convolution module, ModuleSite site, GraphValue input)
    {
        var weightShape = module.weight.shape; // [outputs, inputs / groups, kernel...]
        var dimensions = weightShape.Length - 2;
        RequireChannels(site, input, weightShape[1] * module.groups, dimensions);
        var window = WindowOf(module, dimensions);
        if (module.padding_mode is not (PaddingModes.Zeros or PaddingModes.Constant) && window.Pads.Any(size => size > 0))
        {
            input = PaddingConverter.Pad(site, input, window.Before, window.After, module.padding_mode);
            window = window with { Before = new long[dimensions], After = new long[dimensions] };
        }

        var places = window.Places(input.Shape.Skip(1));
        if (places.Any(count => count < 1))
        {
            throw site.Misfit($"at least the size of its kernel [{string.Join(", ", window.Size)}]", input);
        }

        return site.Append("Conv", input, [weightShape[0], .. places], site.WeightAndBias(module.weight, module.bias), Attributes(window, module));
    }

    public static GraphValue ConvertTransposed(Convolution module, ModuleSite site, GraphValue input)
    {
        var weightShape = module.weight.shape; // [inputs, outputs / groups, kernel...]
        var dimensions = weightShape.Length - 2;
        RequireChannels(site, input, weightShape[0], dimensions);
        if (module.padding_mode != PaddingModes.Zeros)
        {
            throw site.Refusal($"its padding mode is {module.padding_mode}; transposed, only {PaddingModes.Zeros} is exported.", "Pad with zeros.");
        }

        var window = WindowOf(module, dimensions);
        var extra = Window.Expand(module.output_padding, 0, dimensions);
        var sizes = window.Spread(input.Shape.Skip(1)).Zip(extra, (size, more) => size + more).ToArray();
        if (sizes.Any(size => size < 1))
        {
            throw site.Misfit("samples that are larger than its padding takes away", input);
        }

        return site.Append(
            "ConvTranspose", input, [weightShape[1] * module.groups, .. sizes], site.WeightAndBias(module.weight, module.bias),
            [.. Attributes(window, module), Protos.Attribute("output_padding", extra)]);
    }

    private static void RequireChannels(ModuleSite site, GraphValue input, long channels, int dimensions)
    {
        if (input.Shape.Length != dimensions + 1 || input.Shape[0] != channels)
        {
            throw site.Misfit($"{channels} channels in {dimensions} spatial dimensions", input);
        }
    }

    private static AttributeProto[] Attributes(Window window, Convolution module) =>
    [
        Protos.Attribute("dilations", window.Dilation), Protos.Attribute("group", module.groups),
        Protos.Attribute("kernel_shape", window.Size), Protos.Attribute("pads", window.Pads), Protos.Attribute("strides", window.Stride),
    ];

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
