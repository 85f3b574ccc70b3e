using System.Text.Json;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>What a process that trains one run of a sweep tells the one that started it.</summary>
/// <param name="Epoch">An epoch that is done.</param>
/// <param name="Error">Why the run failed.</param>
/// <param name="IsInterrupted">Did it stop with a checkpoint?</param>
public sealed record PointMessage(EpochSummary? Epoch = null, string? Error = null, bool IsInterrupted = false)
{
    /// <summary>As a line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Line);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static PointMessage Parse(string json) => PointJson.Parse<PointMessage>(json);
}
