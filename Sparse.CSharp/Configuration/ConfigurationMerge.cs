using System.Text.Json.Nodes;

namespace SparseHybrid.Configuration;

/// <summary>Settings over other settings.</summary>
internal static class ConfigurationMerge
{
    private const string Name = "name";

    /// <summary>
    /// The defaults with what is given in their place, object by object. An object of another kind, told by its name, replaces the
    /// default whole: its settings are others.
    /// </summary>
    public static JsonObject Over(JsonObject defaults, JsonObject given)
    {
        if (given[Name] is { } kind && !JsonNode.DeepEquals(kind, defaults[Name]))
        {
            return (JsonObject)given.DeepClone();
        }

        var merged = (JsonObject)defaults.DeepClone();
        foreach (var (key, value) in given)
        {
            merged[key] = IsPenalty(value) || value is not JsonObject inner || defaults[key] is not JsonObject former
                ? value?.DeepClone()
                : Over(former, inner);
        }

        return merged;
    }

    // {"case": ...}: a regularizer or grouping is given whole.
    private static bool IsPenalty(JsonNode? value) => value is JsonObject node && node.ContainsKey("case");
}
