namespace SparseHybrid.Sweeps;

/// <summary>What the runs of a series have come to so far.</summary>
/// <param name="Planned">How many there are to be.</param>
/// <param name="Runs">Those that are done, in the order of the plan.</param>
/// <param name="Failed">Those that failed, or wait for one that did.</param>
public sealed record SeriesOutcome(int Planned, IReadOnlyList<SweepRun> Runs, IReadOnlyList<SweepFailure> Failed);
