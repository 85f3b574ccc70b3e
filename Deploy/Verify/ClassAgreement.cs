namespace SparseHybrid.Deploy.Verify;

/// <summary>How often two computations of the same network choose the same class: the largest entry of an output [batch, classes].</summary>
/// <param name="Samples">How many samples were classified.</param>
/// <param name="Agreement">The share of them on which both choose the same class, 0 to 1.</param>
/// <param name="OriginalAccuracy">The share on which the original chooses the right one; null where labels are not known.</param>
/// <param name="Accuracy">The same for the other; null where labels are not known.</param>
public sealed record ClassAgreement(int Samples, double Agreement, double? OriginalAccuracy, double? Accuracy);
