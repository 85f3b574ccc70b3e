namespace SparseHybrid.TargetSparsity;

/// <summary>Whether a run ended with the share of zeros that was asked for.</summary>
/// <param name="Share">What was asked for: zeros / regularised weights (0..1).</param>
/// <param name="Tolerance">How far from it was still good.</param>
/// <param name="IsReached">Whether the share and every bound of a layer was met.</param>
/// <param name="Lambda">Strength of the run's penalty at the end; null for a method that prunes.</param>
/// <param name="Explanation">The same in a sentence or two; where the target was missed, why and what to do.</param>
public sealed record TargetSparsityOutcome(double Share, double Tolerance, bool IsReached, double? Lambda, string Explanation);
