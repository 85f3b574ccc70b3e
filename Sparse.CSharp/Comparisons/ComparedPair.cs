using SparseHybrid.Comparisons.Statistics;

namespace SparseHybrid.Comparisons;

/// <summary>The subject against another arm at one level.</summary>
/// <param name="Level">Share of zeros, filters or kernels at which they are compared (0..1); null where each arm has its best value.</param>
/// <param name="Arm">The other arm.</param>
/// <param name="Role">What that is there for.</param>
/// <param name="Accuracy">Test accuracy of the subject less that of the other (0..1), seed by seed; null when they are not compared.</param>
/// <param name="CorrectedP">Its p value, corrected for the number of comparators at this level (Holm); of a control as it is.</param>
/// <param name="Gap">Generalisation gap (test loss less training loss) of the subject less that of the other; null when they are not compared.</param>
/// <param name="Outcome">What follows.</param>
/// <param name="Note">Why they are not compared, or what to know of it; null: nothing.</param>
public sealed record ComparedPair(
    double? Level, string Arm, ArmRole Role, PairedDifference? Accuracy, double? CorrectedP, PairedDifference? Gap, PairOutcome Outcome, string? Note);
