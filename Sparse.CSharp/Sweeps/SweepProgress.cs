using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>What happens to a run of a sweep.</summary>
public enum SweepMoment
{
    /// <summary>It was done before this sitting.</summary>
    Found,

    /// <summary>It begins.</summary>
    Started,

    /// <summary>It goes on after an interruption.</summary>
    Resumed,

    /// <summary>What there was of it is damaged: it was put aside, and the run begins anew.</summary>
    Redone,

    /// <summary>An epoch is done.</summary>
    EpochDone,

    /// <summary>It is done.</summary>
    Finished,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>Told to an <see cref="IProgress{T}"/>, from any thread but never from two at once.</summary>
/// <param name="Point">The run.</param>
/// <param name="Moment">What happened to it.</param>
/// <param name="Epoch">The epoch that is done, for <see cref="SweepMoment.EpochDone"/>.</param>
/// <param name="Run">What it ended with, for <see cref="SweepMoment.Found"/> and <see cref="SweepMoment.Finished"/>.</param>
/// <param name="Explanation">Why, for <see cref="SweepMoment.Redone"/> and <see cref="SweepMoment.Failed"/>.</param>
public sealed record SweepProgress(
    PlannedRun Point, SweepMoment Moment, EpochSummary? Epoch = null, SweepRun? Run = null, string? Explanation = null);
