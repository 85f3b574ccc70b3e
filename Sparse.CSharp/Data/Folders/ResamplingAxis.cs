namespace SparseHybrid.Data.Folders;

/// <summary>Of which source pixels along one axis each target pixel is made: a run of them, with weights that add up to 1.</summary>
internal readonly record struct ResamplingAxis(int First, float[] Weights)
{
    /// <summary>
    /// The target pixels of an axis that is scaled by numerator / denominator and cut to its centre. Scaled down, a target pixel is the mean over the stretch
    /// of source that it covers, so that nothing aliases; scaled up, it is interpolated linearly between the centres of source pixels.
    /// </summary>
    /// <param name="source">Pixels of the source.</param>
    /// <param name="target">Pixels of the target; at most source * numerator / denominator.</param>
    /// <param name="numerator">Scale, as a fraction so that nothing depends on rounding.</param>
    /// <param name="denominator">Its denominator.</param>
    public static ResamplingAxis[] Of(int source, int target, long numerator, long denominator)
    {
        var cut = ((source * numerator) - (target * denominator)) / (2 * denominator); // whole target pixels before the first
        var axis = new ResamplingAxis[target];
        for (var i = 0; i < target; i++)
        {
            axis[i] = numerator > denominator
                ? Between((cut + i + 0.5) * denominator / numerator - 0.5, source)
                : Over((cut + i) * (double)denominator / numerator, (cut + i + 1) * (double)denominator / numerator, source);
        }

        return axis;
    }

    private static ResamplingAxis Between(double place, int source)
    {
        var before = (int)Math.Floor(place);
        var share = (float)(place - before);
        return before < 0 ? new(0, [1]) : before + 1 >= source ? new(source - 1, [1]) : new(before, [1 - share, share]);
    }

    private static ResamplingAxis Over(double from, double to, int source)
    {
        var first = (int)from;
        var end = Math.Min((int)Math.Ceiling(to), source);
        var weights = new float[end - first];
        for (var pixel = first; pixel < end; pixel++)
        {
            weights[pixel - first] = (float)((Math.Min(to, pixel + 1) - Math.Max(from, pixel)) / (to - from));
        }

        return new(first, weights);
    }
}
