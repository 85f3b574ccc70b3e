using SparseHybrid.Models;
using TorchSharp;

namespace SparseHybrid.Comparisons;

/// <summary>
/// The dense network of equal size: the same kind of network, so narrow that it has about as many parameters as the sparse one
/// has non-zeros. Channels of convolutions shrink by one factor; so do the units of a perceptron, whose layers keep at least as many
/// units as there are classes, or as the layer before has.
/// </summary>
internal static class EqualSize
{
    private const int Halvings = 40;

    /// <summary>The narrow network; null where the widths of the network cannot be chosen.</summary>
    /// <param name="model">The network to be made narrow.</param>
    /// <param name="share">Share of its regularised weights that are zero in the sparse one (0..1).</param>
    public static (string Model, ModelSettings Settings)? Of(ModelDescription model, double share)
    {
        var whole = Count(model);
        var wanted = whole.Parameters - (long)Math.Round(share * whole.RegularisedWeights);
        return Family(model) is { } family ? Nearest(family, wanted) : null;
    }

    /// <summary>Can the widths of the network be chosen?</summary>
    public static bool HasFamily(ModelDescription model) => Family(model) is not null;

    // A network for each factor, growing with it.
    private static Func<double, ModelDescription>? Family(ModelDescription model)
    {
        if (model.Name is "lenet-300-100" or "mlp")
        {
            var widths = model.Settings.HiddenWidths ?? [300, 100];
            return factor => model with { Name = "mlp", Settings = model.Settings with { HiddenWidths = Narrow(widths, factor, model.Classes) } };
        }

        return HasWidth(model) ? factor => model with { Settings = model.Settings with { Width = model.Settings.Width * factor } } : null;
    }

    private static int[] Narrow(IReadOnlyList<int> widths, double factor, int classes)
    {
        var narrow = new int[widths.Count];
        for (var layer = 0; layer < widths.Count; layer++)
        {
            var floor = layer == 0 ? 1 : Math.Min(narrow[layer - 1], classes);
            narrow[layer] = Math.Max(floor, (int)Math.Round(widths[layer] * factor));
        }

        return narrow;
    }

    private static bool HasWidth(ModelDescription model)
    {
        try
        {
            ModelCatalog.CheckSettings(model.Name, model.Settings with { Width = 0.5 });
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // The number of parameters grows with the factor in steps: of the two networks around the wanted number the nearer one.
    private static (string, ModelSettings) Nearest(Func<double, ModelDescription> family, long wanted)
    {
        var (low, high) = (0.0, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = Count(family(middle)).Parameters < wanted ? (middle, high) : (low, middle);
        }

        var best = new[] { Math.Max(low, 1e-9), high }.Select(family).MinBy(model => Math.Abs(Count(model).Parameters - wanted))!;
        return (best.Name, best.Settings);
    }

    private static Training.SparsityCount Count(ModelDescription description)
    {
        using var scope = torch.NewDisposeScope();
        using var model = ModelCatalog.Create(description);
        return Training.SparsityCount.Of(model);
    }
}
