using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>The same entries in another shape.</summary>
internal static class ShapeConverter
{
    public static GraphValue Flatten(Flatten module, ModuleSite site, GraphValue input)
    {
        var last = input.Rank - 1;
        if (module.start_dim == 1 && (module.end_dim == -1 || module.end_dim == last))
        {
            return site.Append("Flatten", input, [input.Count], [], Protos.Attribute("axis", 1));
        }

        if (module.start_dim is 0 || module.start_dim == -input.Rank)
        {
            throw site.Refusal(
                $"it flattens dimensions {module.start_dim} to {module.end_dim}, the batch included.", "Use Flatten(): all after the batch.");
        }

        var (first, end) = (site.Dimension(module.start_dim, input) - 1, site.Dimension(module.end_dim, input));
        var joined = input.Shape[first..end].Aggregate(1L, (product, size) => product * size);
        return Reshape(site, input, [.. input.Shape[..first], joined, .. input.Shape[end..]]);
    }

    public static GraphValue Unflatten(Unflatten module, ModuleSite site, GraphValue input)
    {
        var place = site.Dimension(module.dim, input) - 1;
        var known = module.unflattened_size.Where(size => size >= 0).Aggregate(1L, (product, size) => product * size);
        var sizes = module.unflattened_size.Select(size => size >= 0 ? size : input.Shape[place] / Math.Max(1, known));
        return Reshape(site, input, [.. input.Shape[..place], .. sizes, .. input.Shape[(place + 1)..]]);
    }

    /// <summary>Another shape of as many entries, the batch staying in front.</summary>
    public static GraphValue Reshape(ModuleSite site, GraphValue input, long[] shape)
    {
        if (shape.Aggregate(1L, (product, size) => product * size) != input.Count)
        {
            throw site.Misfit($"as many entries as [{string.Join(", ", shape)}] has", input);
        }

        return site.Step("Reshape", [input.Name, site.Integers([0, .. shape])], shape); // 0: as the input has it
    }
}
