using System.Text.Json;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>One run to be trained for a sweep.</summary>
/// <param name="Settings">The run, its folder included.</param>
/// <param name="Resume">Does the folder exist, with a run to go on with?</param>
public sealed record PointAssignment(TrainingRunSettings Settings, bool Resume)
{
    /// <summary>As a line of JSON, for another process.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Line);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static PointAssignment Parse(string json) => PointJson.Parse<PointAssignment>(json);
}
