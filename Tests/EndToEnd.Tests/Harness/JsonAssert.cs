using System.Text.Json;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>Claims about the JSON that scripts rely on.</summary>
public static class JsonAssert
{
    /// <summary>The keys of <c>train --json</c>, as the command line promises them.</summary>
    public static readonly string[] TrainKeys =
    [
        "run", "method", "model", "data", "epochs", "seed", "testAccuracy", "trainLoss", "sparsity", "targetSparsity", "nonzeros", "parameters", "seconds",
        "secondsPerEpoch",
    ];

    /// <summary>The object has exactly these keys.</summary>
    public static void HasKeys(JsonElement element, params string[] keys) =>
        Assert.Equal(keys.Order(), element.EnumerateObject().Select(property => property.Name).Order());

    public static double Number(this JsonElement element, string key) => element.GetProperty(key).GetDouble();

    public static string Text(this JsonElement element, string key) => element.GetProperty(key).GetString()!;
}
