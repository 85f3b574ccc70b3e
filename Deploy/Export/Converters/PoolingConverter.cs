using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Pooling over the spatial dimensions of [channels, ...].</summary>
internal static class PoolingConverter
{
    public static GraphValue Max(ModuleSite site, GraphValue input, Window window) =>
        Append("MaxPool", site, input, window, Protos.Attribute("dilations", window.Dilation));

    public static GraphValue Average(ModuleSite site, GraphValue input, Window window, bool countsPadding, long? divisor = null)
    {
        if (divisor is not null)
        {
            throw site.Refusal($"ONNX has no divisor_override ({divisor}).", "Leave it out and scale the next layer.");
        }

        return window.RoundsUp
            ? throw site.Refusal("ONNX and PyTorch divide differently with ceil_mode.", "Use ceil_mode: false.")
            : Append("AveragePool", site, input, window, Protos.Attribute("count_include_pad", countsPadding ? 1 : 0));
    }

    /// <summary>
    /// Windows chosen so that the output has a given size, with one entry per dimension or one for all. The operation is
    /// "Average" or "Max".
    /// </summary>
    public static GraphValue Adaptive(string operation, ModuleSite site, GraphValue input, int dimensions, params long[] outputSize)
    {
        RequireDimensions(site, input, dimensions);
        var (sizes, output) = (input.Shape[1..], Window.Expand(outputSize, 1, dimensions));
        if (output.All(size => size == 1))
        {
            return site.Append($"Global{operation}Pool", input, [input.Shape[0], .. output], []);
        }

        if (output.Where((size, i) => size < 1 || sizes[i] % size != 0).Any())
        {
            throw site.Refusal(
                $"its output [{string.Join(", ", output)}] does not divide the input [{string.Join(", ", sizes)}], so its windows differ in size.",
                "Choose an output size that divides the input, as 1.");
        }

        var window = Window.Of(dimensions, [.. sizes.Zip(output, (size, places) => size / places)], null, null, null);
        return Append($"{operation}Pool", site, input, window);
    }

    private static GraphValue Append(string operation, ModuleSite site, GraphValue input, Window window, params AttributeProto[] attributes)
    {
        RequireDimensions(site, input, window.Size.Length);
        var places = window.Places(input.Shape.Skip(1));
        if (places.Any(count => count < 1))
        {
            throw site.Misfit($"at least the size of its window [{string.Join(", ", window.Size)}]", input);
        }

        return site.Append(
            operation, input, [input.Shape[0], .. places], [],
            [
                Protos.Attribute("ceil_mode", window.RoundsUp ? 1 : 0), Protos.Attribute("kernel_shape", window.Size),
                Protos.Attribute("pads", window.Pads), Protos.Attribute("strides", window.Stride), .. attributes,
            ]);
    }

    private static void RequireDimensions(ModuleSite site, GraphValue input, int dimensions)
    {
        if (input.Shape.Length != dimensions + 1)
        {
            throw site.Misfit($"samples of {dimensions + 1} dimensions", input);
        }
    }
}
