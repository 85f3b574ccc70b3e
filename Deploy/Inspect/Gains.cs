using System.Globalization;
using Onnx;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>What the zeros of a model are good for, a sentence each; nothing where there is nothing to gain.</summary>
internal static class Gains
{
    private const double WorthTelling = 0.99;
    private const int MostLayers = 3;

    public static IEnumerable<string> Of(ModelProto model, IReadOnlyList<LayerInspection> layers)
    {
        long bytes = layers.Sum(layer => layer.Encodings.Dense), sparse = layers.Sum(layer => Math.Min(layer.Encodings.Dense, layer.Encodings.Sparse));
        if (sparse < WorthTelling * bytes)
        {
            yield return $"sparse-weights would take {Share(sparse, bytes)} of the bytes.";
        }

        if (layers.SelectMany(layer => layer.Groups).Any(group => group.Dead > 0 && group.Kind != "kernel"))
        {
            foreach (var line in Shrinkable(ModelShrinker.Shrink(model)))
            {
                yield return line;
            }
        }

        var dense = layers.Where(layer => !layer.Operator.StartsWith("Sparse", StringComparison.Ordinal)).ToList(); // those skip zeros already
        var (macs, effective) = (dense.Sum(layer => layer.Macs ?? 0.0), dense.Sum(layer => layer.EffectiveMacs ?? 0.0));
        if (effective < WorthTelling * macs)
        {
            yield return $"{Share(macs - effective, macs)} of the MACs multiply by zero; --form sparse-kernels skips them if it pays.";
        }
    }

    private static IEnumerable<string> Shrinkable(ShrinkResult shrunk)
    {
        var smaller = shrunk.Layers.Where(layer => layer.ParametersAfter < layer.ParametersBefore).ToList();
        if (smaller.Count == 0)
        {
            yield break;
        }

        long before = shrunk.Layers.Sum(layer => layer.ParametersBefore), after = shrunk.Layers.Sum(layer => layer.ParametersAfter);
        yield return $"shrunk would keep {Share(after, before)} of the parameters (--form shrunk):";
        foreach (var layer in smaller.OrderByDescending(layer => layer.ParametersBefore - layer.ParametersAfter).Take(MostLayers))
        {
            yield return $"  {layer.Name}: {layer.UnitsAfter} of {layer.UnitsBefore} outputs, {layer.ParametersAfter} of {layer.ParametersBefore} parameters";
        }
    }

    private static string Share(double part, double whole) => (part / whole).ToString("0.00", CultureInfo.InvariantCulture);
}
