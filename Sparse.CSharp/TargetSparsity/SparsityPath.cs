namespace SparseHybrid.TargetSparsity;

/// <summary>
/// How the share of zeros is to grow during a run, so that it arrives from below and stays for the last part of the run, and how
/// closely it has to be followed on the way.
/// </summary>
/// <remarks>
/// The share of weights left falls as d_T^w, with w the share of the way that is done after a share s of the time until
/// <see cref="Arrival"/>. Both paths are close to what a constant lambda leads to by itself, so that lambda need not move much.
/// Arriving from below matters: a weight at zero feels up to M times the pull of a large one (method of arXiv:2008.09661), so
/// zeros beyond the target are hard to wake.
/// </remarks>
internal sealed class SparsityPath
{
    /// <summary>Share of the run after which the target is held.</summary>
    public const double Arrival = 0.85;

    private readonly Func<double, double> way;
    private readonly double leeway;

    private SparsityPath(Func<double, double> way, double leeway) => (this.way, this.leeway) = (way, leeway);

    /// <summary>Of single weights, w = 1 - (1 - s)^3: many are small from the start and vanish at once, the others ever more slowly.</summary>
    public static SparsityPath OfWeights { get; } = new(ahead => 1 - Math.Pow(ahead, 3), leeway: 0);

    /// <summary>
    /// Of groups, w = s^2 (3 - 2 s). Their means are much alike at the start, so none vanishes until the penalty has had time to
    /// bring it down, and zeros answer late: on the way they are followed loosely.
    /// </summary>
    public static SparsityPath OfGroups { get; } = new(ahead => (1 - ahead) * (1 - ahead) * (1 + 2 * ahead), leeway: 1);

    /// <summary>Logarithm of the share of weights that should be left.</summary>
    /// <param name="target">Zeros / weights to end with, above 0 and below 1.</param>
    /// <param name="progress">Share of the run that is done (0..1).</param>
    public double LogDensity(double target, double progress) => Math.Log(1 - target) * way(Ahead(progress));

    /// <summary>How far off, in that logarithm, is not yet reason for the full speed; falls to 0 at <see cref="Arrival"/>.</summary>
    /// <param name="progress">Share of the run that is done (0..1).</param>
    public double Leeway(double progress) => leeway * Ahead(progress);

    private static double Ahead(double progress) => Math.Max(0, 1 - progress / Arrival);
}
