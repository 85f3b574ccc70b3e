namespace SparseHybrid.TargetSparsity;

/// <summary>
/// How the share of zeros is to grow during a run: fast at first and ever more slowly, so that it arrives from below and
/// stays for the last part of the run.
/// </summary>
/// <remarks>
/// The share of weights left falls as d_T^(1 - (1 - s)^3), with s the progress over <see cref="Arrival"/>: close to what a
/// constant lambda leads to by itself, so that lambda need not move much. Arriving from below matters: a weight at zero
/// feels up to M times the pull of a large one (method of arXiv:2008.09661), so zeros beyond the target are hard to wake.
/// </remarks>
internal static class SparsityPath
{
    /// <summary>Share of the run after which the target is held.</summary>
    public const double Arrival = 0.85;

    private const double Curvature = 3;

    /// <summary>Logarithm of the share of weights that should be left.</summary>
    /// <param name="target">Zeros / weights to end with, above 0 and below 1.</param>
    /// <param name="progress">Share of the run that is done (0..1).</param>
    public static double LogDensity(double target, double progress)
    {
        var ahead = Math.Max(0, 1 - progress / Arrival);
        return Math.Log(1 - target) * (1 - Math.Pow(ahead, Curvature));
    }
}
