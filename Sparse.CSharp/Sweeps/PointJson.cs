using System.Text.Json;
using SparseHybrid.Runs;

namespace SparseHybrid.Sweeps;

/// <summary>Reads lines that processes of a sweep send each other.</summary>
internal static class PointJson
{
    /// <exception cref="ArgumentException">The line is not such an object.</exception>
    public static T Parse<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, RunJson.Line) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"'{json}' is not a {typeof(T).Name}: {error.Message}", nameof(json), error);
        }
    }
}
