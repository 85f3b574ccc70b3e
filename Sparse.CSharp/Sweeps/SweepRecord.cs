using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>What a sweep is to do; the contents of sweep.json. Written once: how far it has come, its run folders tell.</summary>
public sealed record SweepRecord
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Which runs it consists of.</summary>
    public required SweepOptions Sweep { get; init; }

    /// <summary>What all runs have in common. Method, seed, run folder and the value on the path are put in for each run.</summary>
    public required TrainingRunSettings Training { get; init; }

    /// <summary>When the sweep was begun.</summary>
    public required DateTimeOffset Started { get; init; }
}
