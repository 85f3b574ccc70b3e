using SparseHybrid.Optimizers;

namespace SparseHybrid.TargetSparsity;

/// <summary>Which parameters have bounds of their own on the share of zeros.</summary>
internal static class BoundedLayers
{
    /// <summary>The bounds of each parameter, null where it has none.</summary>
    /// <exception cref="ArgumentException">A pattern describes no regularised parameter, or the bounds rule out the share.</exception>
    public static IReadOnlyList<LayerSparsity?> Of(TargetSparsityOptions options, ZeroShares shares)
    {
        var idle = options.Layers.FirstOrDefault(layer => !shares.Names.Any(name => NamePattern.Matches(layer.Pattern, name)));
        if (idle is not null)
        {
            throw new ArgumentException(
                $"The bounds for '{idle.Pattern}' concern no regularised parameter; there are: {string.Join(", ", shares.Names)}.", nameof(options));
        }

        var bounds = shares.Names.Select(name => options.Layers.FirstOrDefault(layer => NamePattern.Matches(layer.Pattern, name))).ToList();
        CheckRoom(options, shares, bounds);
        return bounds;
    }

    private static void CheckRoom(TargetSparsityOptions options, ZeroShares shares, List<LayerSparsity?> bounds)
    {
        double Together(Func<LayerSparsity?, double> share) => bounds.Zip(shares.Sizes, (bound, size) => share(bound) * size).Sum() / shares.Weights;
        var (least, most) = (Together(bound => bound?.AtLeast ?? 0), Together(bound => bound?.AtMost ?? 1));
        if (options.Share < least || options.Share > most)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"A share of {options.Share} is not to be had: the bounds of the layers leave between {least:0.####} and {most:0.####}. Widen them, or ask for a share between."),
                nameof(options));
        }
    }
}
