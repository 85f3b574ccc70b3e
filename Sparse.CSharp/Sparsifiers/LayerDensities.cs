namespace SparseHybrid.Sparsifiers;

/// <summary>How the non-zero weights of a network are spread over its layers.</summary>
public enum DensityDistribution
{
    /// <summary>The same share in every layer.</summary>
    Uniform,

    /// <summary>Layers get weights in proportion to their inputs + outputs: small layers stay denser.</summary>
    ErdosRenyi,

    /// <summary>As <see cref="ErdosRenyi"/>, with the sizes of a convolution's kernel added to its inputs + outputs.</summary>
    ErdosRenyiKernel,
}

/// <summary>How many weights of each layer are kept, when so many are kept in all.</summary>
internal static class LayerDensities
{
    /// <summary>Weights to keep in each layer; they add up to <paramref name="kept"/> exactly.</summary>
    /// <param name="distribution">How they are spread.</param>
    /// <param name="shapes">Shapes of the weights, [out, in] or [out, in, height, width].</param>
    /// <param name="kept">Weights kept in all, from 0 to their number.</param>
    /// <exception cref="ArgumentOutOfRangeException">More weights than there are, or fewer than none.</exception>
    public static long[] KeptCounts(DensityDistribution distribution, IReadOnlyList<long[]> shapes, long kept)
    {
        var sizes = shapes.Select(Size).ToArray();
        ArgumentOutOfRangeException.ThrowIfNegative(kept);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kept, sizes.Sum());
        var shares = shapes.Select(shape => RawShare(distribution, shape)).ToArray();
        return Round(Capped(shares, sizes, kept), sizes, kept);
    }

    /// <summary>
    /// Shares of the layers in the kept weights: proportional to the raw shares, but no layer gets more than it has. What is
    /// too much for some is spread over the others in the same proportion, again and again.
    /// </summary>
    /// <remarks>
    /// Evci, Gale, Menick, Castro and Elsen, Rigging the Lottery, ICML 2020, section 3: the density of layer l is
    /// e (sum of its sizes) / (product of its sizes), e solved for the density of the whole, with densities above 1 set to 1.
    /// </remarks>
    internal static double[] Capped(double[] rawShares, long[] sizes, long kept)
    {
        var quotas = new double[sizes.Length];
        var isFull = new bool[sizes.Length];
        while (true)
        {
            var open = Enumerable.Range(0, sizes.Length).Where(layer => !isFull[layer]).ToList();
            double left = kept - Enumerable.Range(0, sizes.Length).Where(layer => isFull[layer]).Sum(layer => sizes[layer]);
            var scale = left / open.Sum(layer => rawShares[layer]);
            open.ForEach(layer => quotas[layer] = Math.Min(rawShares[layer] * scale, sizes[layer]));
            var tooMany = open.FindAll(layer => rawShares[layer] * scale > sizes[layer]);
            if (tooMany.Count == 0)
            {
                return quotas;
            }

            tooMany.ForEach(layer => isFull[layer] = true);
        }
    }

    /// <summary>Whole numbers that add up exactly: each quota rounded down, then one more for those that lost most.</summary>
    internal static long[] Round(double[] quotas, long[] sizes, long kept)
    {
        var counts = quotas.Select((quota, layer) => Math.Min((long)Math.Floor(quota), sizes[layer])).ToArray();
        var missing = kept - counts.Sum();
        var byLoss = Enumerable.Range(0, counts.Length).OrderByDescending(layer => quotas[layer] - counts[layer]).ToList();
        while (missing > 0)
        {
            foreach (var layer in byLoss.Where(layer => counts[layer] < sizes[layer]).TakeWhile(_ => missing > 0))
            {
                counts[layer]++;
                missing--;
            }
        }

        return counts;
    }

    private static double RawShare(DensityDistribution distribution, long[] shape) => distribution switch
    {
        _ when shape.Length < 2 => Size(shape), // a vector has no inputs and outputs
        DensityDistribution.Uniform => Size(shape),
        // density * size = e * (n_in + n_out) / (n_in * n_out) * size
        DensityDistribution.ErdosRenyi => (double)(shape[0] + shape[1]) * Size(shape[2..]),
        DensityDistribution.ErdosRenyiKernel => shape.Sum(),
        _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "There is no such distribution."),
    };

    private static long Size(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
