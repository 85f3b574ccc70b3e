namespace SparseHybrid.TargetSparsity;

/// <summary>What a law of lambda sees of a run.</summary>
/// <param name="Progress">Share of the run that is done, above 0 and at most 1.</param>
/// <param name="Share">Zeros / weights (0..1).</param>
/// <param name="StepSize">Step size of the last step where thresholds are in proportion to it; 0 where they are not.</param>
internal readonly record struct SparsityObservation(double Progress, double Share, double StepSize);

/// <summary>
/// How lambda follows the measured share of zeros: a proportional and derivative law for the speed of log lambda, which makes a
/// proportional and integral one for log lambda itself. A pure function of what was seen.
/// </summary>
/// <remarks>
/// With the error e = log(weights left / weights that the path leaves) and t the share of the run that is done:
/// d log(lambda)/dt = R sat((e + T de/dt) / b). T is how far ahead the error is foretold, b the error at which the full speed R
/// is reached, larger where the path allows for it. A speed that is limited cannot wind up. Where thresholds shrink with the step size, lambda loses its hold on the
/// zeros as training anneals: it may then move faster, by so much for each fold of the step size.
/// </remarks>
/// <param name="target">Zeros / weights to end with, above 0 and below 1.</param>
/// <param name="tolerance">How far from it is still good, above 0.</param>
/// <param name="path">How the zeros are to grow.</param>
internal sealed class StrengthLaw(double target, double tolerance, SparsityPath path)
{
    private const double Rate = 12; // natural logarithms of lambda in a whole run
    private const double RatePerFold = 0.5; // natural logarithms of lambda for each of the step size
    private const double Foresight = 0.1; // of the run
    private const double Smoothing = 0.01; // of the run
    private const double LargestError = 3;
    private const double SmallestGain = 0.1;

    private readonly double band = 2 * tolerance / (1 - target);

    /// <summary>The state after one more look at the zeros; its factor is the one for the next steps.</summary>
    /// <param name="state">After the last look.</param>
    /// <param name="seen">What is seen now, later in the run.</param>
    public StrengthLawState Next(StrengthLawState state, SparsityObservation seen)
    {
        var elapsed = seen.Progress - state.Progress;
        var error = Error(seen);
        var slope = state.Progress == 0 ? 0 : Smooth(state.Slope, (error - state.Error) / elapsed, elapsed);
        var foretold = error + Math.Min(Foresight, (1 - seen.Progress) / 2) * slope;
        var demand = Math.Clamp(foretold / Math.Max(band, path.Leeway(seen.Progress)), -1, 1);
        // Where zeros answer at once, full speed overshoots at every look: while errors alternate, the gain falls.
        var gain = error * state.Error < 0 ? Math.Max(SmallestGain, state.Gain * 0.7) : Math.Min(1, state.Gain * 1.1);
        var change = gain * demand * (Rate * elapsed + RatePerFold * Folds(state.StepSize, seen.StepSize));
        return new StrengthLawState(state.LogFactor + change, seen.Progress, error, slope, seen.StepSize, gain);
    }

    private double Error(SparsityObservation seen) =>
        Math.Clamp(Math.Log(1 - seen.Share) - path.LogDensity(target, seen.Progress), -LargestError, LargestError);

    private static double Smooth(double slope, double now, double elapsed) => slope + (1 - Math.Exp(-elapsed / Smoothing)) * (now - slope);

    private static double Folds(double before, double now) => before > 0 && now > 0 ? Math.Abs(Math.Log(now / before)) : 0;
}
