namespace SparseHybrid.Deploy.Verify;

/// <summary>How far two computations of the same network are apart.</summary>
/// <param name="MaxAbsDifference">Largest |expected - actual| over all outputs; infinite when only one of a pair is finite.</param>
/// <param name="LargestExpected">Largest finite |expected|, to judge the difference by.</param>
/// <param name="SamplesCompared">The number of samples that went through both.</param>
public sealed record VerificationResult(double MaxAbsDifference, double LargestExpected, int SamplesCompared);
