using System.Text.Json.Serialization;

namespace SparseHybrid.Sweeps;

/// <summary>What a sweep has found so far; the contents of front.json.</summary>
/// <param name="Variable">What varies along the path.</param>
/// <param name="WarmStart">Did runs begin with the weights of the run before them?</param>
/// <param name="Planned">How many runs the sweep consists of.</param>
/// <param name="Runs">Those that are done, in the order of the plan.</param>
/// <param name="Front">Method by method, value by value, over the seeds.</param>
/// <param name="Failed">Those that failed, or wait for one that did.</param>
public sealed record SweepReport(
    SweepVariable Variable,
    bool WarmStart,
    int Planned,
    IReadOnlyList<SweepRun> Runs,
    IReadOnlyList<FrontEntry> Front,
    IReadOnlyList<SweepFailure> Failed)
{
    /// <summary>Are all runs done?</summary>
    [JsonIgnore]
    public bool IsComplete => Runs.Count == Planned;
}
