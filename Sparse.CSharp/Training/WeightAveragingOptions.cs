using SparseHybrid.Optimizers;

namespace SparseHybrid.Training;

/// <summary>
/// An exponential moving average of the parameters: what is evaluated, saved and exported is the average, and training itself
/// does not notice. An entry whose present value is exactly zero is zero in the average too, so that the average is as sparse as
/// the network. Statistics of batch normalisation stay those of the network under training. Immutable.
/// </summary>
public sealed record WeightAveragingOptions
{
    /// <summary>
    /// Share of the average that a step keeps, from 0 to below 1; in the first steps less, (1 + t) / (10 + t) in step t. Default 0.999.
    /// </summary>
    public double Kept { get; init; } = 0.999;

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() => [SettingProblem.UnlessBelowOne(nameof(Kept), Kept)];
}
