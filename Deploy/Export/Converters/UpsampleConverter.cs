using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Resizing of the spatial dimensions to the nearest entry or linearly.</summary>
internal static class UpsampleConverter
{
    public static GraphValue Convert(Upsample module, ModuleSite site, GraphValue input)
    {
        var isNearest = module.mode == UpsampleMode.Nearest;
        var linearDimensions = module.mode switch { UpsampleMode.Linear => 1, UpsampleMode.Bilinear => 2, _ => 0 };
        if (!isNearest && linearDimensions == 0)
        {
            throw site.Refusal($"its mode is {module.mode}; {UpsampleMode.Nearest}, {UpsampleMode.Linear} and {UpsampleMode.Bilinear} are exported.", "Choose one of these.");
        }

        var dimensions = input.Shape.Length - 1;
        var wanted = module.size.Length + module.scale_factor.Length; // one of them is given, with an entry a dimension
        if (dimensions != wanted || (linearDimensions > 0 && dimensions != linearDimensions))
        {
            throw site.Misfit($"channels in {(isNearest ? wanted : linearDimensions)} spatial dimensions", input);
        }

        var sizes = Sizes(module, site, input.Shape[1..]);
        string[] parameters = site.Graph.Opset >= 18
            ? ["", "", site.Integers(sizes)]
            : ["", Scales(site, input.Shape[1..], sizes)];
        var settings = new List<Onnx.AttributeProto>
        {
            Protos.Attribute("mode", isNearest ? "nearest" : "linear"),
            Protos.Attribute(
                "coordinate_transformation_mode", isNearest ? "asymmetric" : module.align_corners == true ? "align_corners" : "half_pixel"),
            Protos.Attribute("nearest_mode", "floor"),
        };
        if (site.Graph.Opset >= 18)
        {
            settings.Add(Protos.Attribute("axes", Enumerable.Range(2, dimensions).Select(axis => (long)axis)));
        }

        return site.Append("Resize", input, [input.Shape[0], .. sizes], parameters, [.. settings]);
    }

    private static long[] Sizes(Upsample module, ModuleSite site, long[] spatial)
    {
        if (module.size.Length > 0)
        {
            return module.size.ToArray();
        }

        var factors = module.scale_factor.ToArray();
        var exact = spatial.Select((size, i) => size * factors[i]).ToArray();
        return exact.All(double.IsInteger) ? [.. exact.Select(size => (long)size)]
            : throw site.Refusal(
                $"its factors [{string.Join(", ", factors)}] do not take [{string.Join(", ", spatial)}] to whole sizes.", "Give it the size instead.");
    }

    /// <summary>Before operator set 18 sizes include the batch, which is open, so that factors have to do.</summary>
    private static string Scales(ModuleSite site, long[] before, long[] after)
    {
        if (after.Zip(before).Any(sizes => sizes.First % sizes.Second != 0))
        {
            throw site.Refusal(
                $"it takes [{string.Join(", ", before)}] to [{string.Join(", ", after)}], no whole multiples.", "Choose operator set 18 or newer.");
        }

        return site.Numbers([1, 1, .. after.Zip(before, (large, small) => (float)(large / small))]);
    }
}
