namespace SparseHybrid.Comparisons;

/// <summary>An arm that cannot take part.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Reason">Why, a sentence.</param>
public sealed record LeftOutArm(string Arm, string Reason);
