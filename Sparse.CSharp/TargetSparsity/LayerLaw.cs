namespace SparseHybrid.TargetSparsity;

/// <summary>
/// lambda of a layer with bounds of its own: that of the run, but no less than the lower bound needs and no more than the upper
/// one allows. Each bound has a law of its own; the one that does not rule stays close behind, ready to take over.
/// </summary>
/// <param name="bounds">The bounds.</param>
/// <param name="tolerance">How far from a bound is still good, above 0.</param>
/// <param name="path">How the zeros of the run are to grow.</param>
internal sealed class LayerLaw(LayerSparsity bounds, double tolerance, SparsityPath path)
{
    // How far, in logarithms of lambda, a law that does not rule may stray from the one that does.
    private const double Slack = 0.2;

    private readonly StrengthLaw? floor = bounds.AtLeast is { } least ? new StrengthLaw(least, tolerance, path) : null;
    private readonly StrengthLaw? ceiling = bounds.AtMost is { } most ? new StrengthLaw(most, tolerance, path) : null;

    /// <summary>The state after one more look at the layer's zeros.</summary>
    /// <param name="state">After the last look.</param>
    /// <param name="seen">The layer's zeros.</param>
    /// <param name="ofRun">Logarithm of the run's factor on lambda, for the next steps.</param>
    public State Next(State state, SparsityObservation seen, double ofRun)
    {
        var low = floor?.Next(state.Floor, seen) ?? state.Floor;
        var high = ceiling?.Next(state.Ceiling, seen) ?? state.Ceiling;
        var limited = ceiling is null ? ofRun : Math.Min(ofRun, high.LogFactor);
        var logFactor = floor is null ? limited : Math.Max(limited, low.LogFactor);
        return new State(
            low with { LogFactor = Math.Max(low.LogFactor, logFactor - Slack) },
            high with { LogFactor = Math.Min(high.LogFactor, logFactor + Slack) },
            logFactor);
    }

    /// <summary>What the two bounds remember.</summary>
    /// <param name="Floor">Of the lower bound.</param>
    /// <param name="Ceiling">Of the upper bound.</param>
    /// <param name="LogFactor">Logarithm of the layer's factor on lambda.</param>
    public readonly record struct State(StrengthLawState Floor, StrengthLawState Ceiling, double LogFactor)
    {
        /// <summary>How many numbers <see cref="ToNumbers"/> gives.</summary>
        public const int Size = 2 * StrengthLawState.Size + 1;

        /// <summary>Before the first look: both bounds as the run.</summary>
        public static State Start(double logFactor) => new(new StrengthLawState(logFactor), new StrengthLawState(logFactor), logFactor);

        /// <summary>Every number, for a checkpoint.</summary>
        public double[] ToNumbers() => [.. Floor.ToNumbers(), .. Ceiling.ToNumbers(), LogFactor];

        /// <summary>The state that <see cref="ToNumbers"/> gave.</summary>
        public static State Of(ReadOnlySpan<double> numbers) =>
            new(StrengthLawState.Of(numbers), StrengthLawState.Of(numbers[StrengthLawState.Size..]), numbers[Size - 1]);
    }
}
