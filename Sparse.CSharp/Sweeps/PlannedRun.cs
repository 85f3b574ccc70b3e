namespace SparseHybrid.Sweeps;

/// <summary>A run that is to be trained as one of a series.</summary>
/// <param name="Method">Training method.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Start">Name of the run of the same series whose weights this one begins with; null: random weights.</param>
public abstract record PlannedRun(string Method, long Seed, string? Start)
{
    /// <summary>Names it within its series.</summary>
    public abstract string Name { get; }

    /// <summary>What it goes by in results: runs of one label differ by value and seed alone. Default: its method.</summary>
    public virtual string Label => Method;

    /// <summary>Strength of the penalty; null when it is not the strength that was set.</summary>
    public abstract double? Lambda { get; }

    /// <summary>Share of zeros asked for (0..1); null when none is asked for.</summary>
    public abstract double? TargetSparsity { get; }

    /// <summary>Its run folder, relative to that of the series.</summary>
    public string Folder => FolderOf(Name);

    /// <summary>The run folder of the run of this name, relative to that of its series.</summary>
    internal static string FolderOf(string name) => $"runs/{name}";
}
