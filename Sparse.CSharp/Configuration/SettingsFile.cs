using System.Text.Json;
using System.Text.Json.Nodes;
using SparseHybrid.Runs;

namespace SparseHybrid.Configuration;

/// <summary>Reads settings from JSON that people write: comments and trailing commas are allowed, unknown keys are not.</summary>
/// <param name="source">What the text was read from, for errors.</param>
/// <param name="advice">What to do about an error, a sentence.</param>
internal sealed class SettingsFile(string source, string advice)
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>The text as an object.</summary>
    /// <exception cref="ConfigurationException">It is something else.</exception>
    public JsonObject ParseObject(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Reading) as JsonObject ?? throw new JsonException("It is not an object: { ... }.");
        }
        catch (JsonException error)
        {
            throw Unusable(error.Message, error);
        }
    }

    /// <summary>The object as a record.</summary>
    /// <exception cref="ConfigurationException">A key is unknown (the nearest known one is named) or a value of the wrong kind; all problems are listed.</exception>
    public T Read<T>(JsonObject settings)
    {
        ThrowIfAny(ConfigurationCheck.Problems(settings, typeof(T)));
        try
        {
            return settings.Deserialize<T>(RunJson.Indented) ?? throw new JsonException("It is null.");
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            throw Unusable(error.Message, error);
        }
    }

    /// <summary>Refuses the settings when there are problems.</summary>
    /// <param name="problems">Clauses.</param>
    /// <exception cref="ConfigurationException">There are some; all of them are listed.</exception>
    public void ThrowIfAny(IReadOnlyCollection<string> problems)
    {
        if (problems.Count > 0)
        {
            var list = string.Join("; ", problems) + ".";
            throw Unusable(list.StartsWith("there", StringComparison.Ordinal) ? $"T{list[1..]}" : list, inner: null);
        }
    }

    /// <summary>The error that says why the settings cannot be used.</summary>
    public ConfigurationException Unusable(string why, Exception? inner) => new(source, $"The settings in {source} cannot be used.", why, advice, inner);
}
