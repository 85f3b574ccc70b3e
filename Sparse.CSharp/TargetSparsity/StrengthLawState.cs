namespace SparseHybrid.TargetSparsity;

/// <summary>What a law of lambda remembers from one look at the zeros to the next.</summary>
/// <param name="LogFactor">Logarithm of the factor on lambda.</param>
/// <param name="Progress">Of the last look; 0 before the first.</param>
/// <param name="Error">Logarithm of weights left over those that should be, at the last look.</param>
/// <param name="Slope">How fast the error has been moving, per run.</param>
/// <param name="StepSize">At the last look; 0 before the first.</param>
/// <param name="Gain">Share of the full rate, above 0 and at most 1: it shrinks while the errors alternate.</param>
internal readonly record struct StrengthLawState(
    double LogFactor, double Progress = 0, double Error = 0, double Slope = 0, double StepSize = 0, double Gain = 1)
{
    /// <summary>How many numbers <see cref="ToNumbers"/> gives.</summary>
    public const int Size = 6;

    /// <summary>Every number, for a checkpoint.</summary>
    public double[] ToNumbers() => [LogFactor, Progress, Error, Slope, StepSize, Gain];

    /// <summary>The state that <see cref="ToNumbers"/> gave.</summary>
    public static StrengthLawState Of(ReadOnlySpan<double> numbers) =>
        new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
}
