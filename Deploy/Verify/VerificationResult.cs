namespace SparseHybrid.Deploy.Verify;

/// <summary>How far two computations of one output are apart.</summary>
/// <param name="Name">The output.</param>
/// <param name="MaxAbsDifference">Largest |expected - actual|; infinite when only one of a pair is finite.</param>
/// <param name="LargestExpected">Largest finite |expected|, to judge the difference by.</param>
public sealed record OutputDifference(string Name, double MaxAbsDifference, double LargestExpected)
{
    /// <summary>Whether the difference is at most this share of the largest entry.</summary>
    public bool IsWithin(double tolerance) => MaxAbsDifference <= tolerance * LargestExpected;
}

/// <summary>How far two computations of the same network are apart.</summary>
/// <param name="Outputs">Output by output, in the model's order.</param>
/// <param name="SamplesCompared">The number of different samples that went through both.</param>
/// <param name="Batches">The batch sizes that they went through in, smallest first.</param>
public sealed record VerificationResult(IReadOnlyList<OutputDifference> Outputs, int SamplesCompared, IReadOnlyList<int> Batches)
{
    /// <summary>Whether both choose the same classes, by the first output [batch, classes]; null when there is none.</summary>
    public ClassAgreement? Classes { get; init; }

    /// <summary>Largest |expected - actual| over all outputs; infinite when only one of a pair is finite.</summary>
    public double MaxAbsDifference => Outputs.Max(output => output.MaxAbsDifference);

    /// <summary>Largest finite |expected| over all outputs.</summary>
    public double LargestExpected => Outputs.Max(output => output.LargestExpected);

    /// <summary>Whether the difference of every output is at most this share of its largest entry.</summary>
    public bool IsWithin(double tolerance) => Outputs.All(output => output.IsWithin(tolerance));

    /// <summary>The output that is furthest beyond a tolerance, or closest to it.</summary>
    internal OutputDifference Worst => Outputs.MaxBy(output => output.MaxAbsDifference == 0 ? 0 : output.MaxAbsDifference / output.LargestExpected)!;
}
