using SparseHybrid.Deploy.Graph;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Padding of the last dimensions.</summary>
internal static class PaddingConverter
{
    /// <summary>The converter of the modules that pad in this way.</summary>
    public static Func<PadBase, ModuleSite, GraphValue, GraphValue> In(PaddingModes mode) => (module, site, input) =>
    {
        var pairs = module.padding.Chunk(2).Reverse().ToList(); // the module lists the last dimension first
        return Pad(site, input, [.. pairs.Select(pair => pair[0])], [.. pairs.Select(pair => pair[1])], mode, module.value);
    };

    /// <summary>Pads the last dimensions, one entry for each.</summary>
    public static GraphValue Pad(ModuleSite site, GraphValue input, long[] before, long[] after, PaddingModes mode, double value = 0)
    {
        var unpadded = input.Shape.Length - before.Length;
        var shape = input.Shape.Select((size, i) => i < unpadded ? size : size + before[i - unpadded] + after[i - unpadded]).ToArray();
        if (unpadded < 0 || shape.Any(size => size < 1))
        {
            throw site.Misfit($"at least {before.Length} dimensions that are larger than what is cut off", input);
        }

        var isConstant = mode is PaddingModes.Constant or PaddingModes.Zeros;
        if (!isConstant && before.Concat(after).Any(size => size < 0))
        {
            throw site.Refusal($"it cuts off borders in the mode {mode}.", "Use a padding of 0 or more.");
        }

        var none = new long[unpadded + 1]; // the batch and the dimensions in front
        List<string> inputs = [input.Name, site.Integers([.. none, .. before, .. none, .. after])];
        if (isConstant)
        {
            inputs.Add(site.Number(value));
        }

        return site.Step("Pad", inputs, shape, Protos.Attribute("mode", OnnxName(mode, site)));
    }

    private static string OnnxName(PaddingModes mode, ModuleSite site) => mode switch
    {
        PaddingModes.Zeros or PaddingModes.Constant => "constant",
        PaddingModes.Reflect => "reflect",
        PaddingModes.Replicate => "edge",
        PaddingModes.Circular when site.Graph.Opset >= 19 => "wrap",
        _ => throw site.Refusal($"its padding mode is {mode}, which operator set {site.Graph.Opset} does not have.", "Choose operator set 19 or newer, or another padding."),
    };
}
