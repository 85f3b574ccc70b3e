namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>The weights of a layer that are not zero, counted in bins of one width from -largest to +largest.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Largest">The largest magnitude; 0 when every weight is zero.</param>
/// <param name="Counts">Weights in each bin, exact zeros and what is not finite left out. The middle bin lies around 0.</param>
internal sealed record WeightHistogram(string Layer, double Largest, IReadOnlyList<long> Counts)
{
    /// <summary>How many bins there are: odd, so that one lies around 0.</summary>
    public const int Bins = 41;

    /// <summary>Width of a bin, in the unit of a weight.</summary>
    public double BinWidth => 2 * Largest / Bins;

    public static WeightHistogram Of(LayerWeights layer)
    {
        var weights = layer.Values;
        var largest = 0.0;
        foreach (var weight in weights)
        {
            largest = float.IsFinite(weight) ? Math.Max(largest, Math.Abs(weight)) : largest;
        }

        var counts = new long[Bins];
        foreach (var weight in weights)
        {
            if (weight != 0 && float.IsFinite(weight))
            {
                counts[Math.Min(Bins - 1, (int)((weight + largest) / (2 * largest) * Bins))]++;
            }
        }

        return new WeightHistogram(layer.Layer, largest, counts);
    }
}
