namespace SparseHybrid.Sweeps;

/// <summary>What a series of runs is to do, as a file in its folder says. Written once: how far it has come, its run folders tell.</summary>
public abstract record SeriesRecord
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>When the series was begun.</summary>
    public required DateTimeOffset Started { get; init; }
}
