using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>What a sweep is to do; the contents of sweep.json.</summary>
public sealed record SweepRecord : SeriesRecord
{
    /// <summary>Which runs it consists of.</summary>
    public required SweepOptions Sweep { get; init; }

    /// <summary>What all runs have in common. Method, seed, run folder and the value on the path are put in for each run.</summary>
    public required TrainingRunSettings Training { get; init; }
}
