using System.Text.Json;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>What a run folder holds, in a form that can be compared.</summary>
public static class RunFiles
{
    /// <summary>The bytes of the trained weights.</summary>
    public static byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(run, "model.safetensors"));

    /// <summary>The lines of metrics.jsonl, without the times.</summary>
    public static string[] MetricsWithoutTimes(string run) => [.. Metrics(run).Select(WithoutTimes)];

    /// <summary>The last line of metrics.jsonl.</summary>
    public static JsonElement LastEpoch(string run) => Metrics(run).Last();

    private static IEnumerable<JsonElement> Metrics(string run) =>
        File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    private static string WithoutTimes(JsonElement epoch) =>
        string.Join(',', epoch.EnumerateObject().Where(property => property.Name != "seconds").Select(property => property.ToString()));
}
