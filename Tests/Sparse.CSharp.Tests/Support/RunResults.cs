using System.Text.Json.Nodes;

namespace SparseHybrid.Tests.Support;

/// <summary>What two runs ended with, compared.</summary>
internal static class RunResults
{
    /// <summary>The same weights bit for bit, and the same metrics but for the seconds.</summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(MetricsWithoutTimes(expected), MetricsWithoutTimes(actual));
        Assert.Equal(File.ReadAllBytes(Path.Combine(expected, "model.safetensors")), File.ReadAllBytes(Path.Combine(actual, "model.safetensors")));
    }

    private static string[] MetricsWithoutTimes(string run) =>
        [.. File.ReadAllLines(Path.Combine(run, "metrics.jsonl")).Select(line =>
        {
            var metrics = JsonNode.Parse(line)!.AsObject();
            Assert.True(metrics.Remove("seconds"));
            return metrics.ToJsonString();
        })];
}
