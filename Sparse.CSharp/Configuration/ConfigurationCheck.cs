using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SparseHybrid.Runs;

namespace SparseHybrid.Configuration;

/// <summary>Finds keys that no setting has, and values of the wrong kind.</summary>
internal static class ConfigurationCheck
{
    /// <summary>All problems, each a clause with the path of the key.</summary>
    /// <param name="node">What was read.</param>
    /// <param name="type">The record that it is to become.</param>
    public static IReadOnlyList<string> Problems(JsonNode? node, Type type) => [.. Visit(node, type, "")];

    private static IEnumerable<string> Visit(JsonNode? node, Type type, string path)
    {
        var info = RunJson.Indented.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return (node, info.Kind) switch
        {
            (null, _) => [], // whether null is a value is for the reader to say
            (JsonObject settings, JsonTypeInfoKind.Object) => OfObject(settings, info, path),
            (JsonArray entries, JsonTypeInfoKind.Enumerable) => entries.SelectMany((entry, index) => Visit(entry, info.ElementType!, $"{path}[{index}]")),
            _ => OfValue(node, type, path),
        };
    }

    private static IEnumerable<string> OfObject(JsonObject settings, JsonTypeInfo info, string path)
    {
        if (info.PolymorphismOptions is { } kinds)
        {
            return OfKind(settings, kinds, path);
        }

        return OfKeys(settings, info, path, extra: null);
    }

    private static IEnumerable<string> OfKind(JsonObject settings, JsonPolymorphismOptions kinds, string path)
    {
        var discriminator = kinds.TypeDiscriminatorPropertyName;
        var names = kinds.DerivedTypes.Select(kind => (string)kind.TypeDiscriminator!).ToList();
        if (settings[discriminator] is not JsonValue value || !value.TryGetValue<string>(out var name))
        {
            return settings.ContainsKey(discriminator)
                ? [$"{Join(path, discriminator)} is {settings[discriminator]?.ToJsonString()}, expected {Alternatives(names)}"]
                : [$"{path} needs a \"{discriminator}\": {Alternatives(names)}"];
        }

        var derived = kinds.DerivedTypes.FirstOrDefault(kind => (string)kind.TypeDiscriminator! == name).DerivedType;
        return derived is null
            ? [$"{Join(path, discriminator)} is '{name}', expected {Alternatives(names)}; nearest is '{NearestName.Of(name, names)}'"]
            : OfKeys(settings, RunJson.Indented.GetTypeInfo(derived), path, extra: discriminator);
    }

    private static IEnumerable<string> OfKeys(JsonObject settings, JsonTypeInfo info, string path, string? extra)
    {
        foreach (var missing in info.Properties.Where(property => property.IsRequired && !settings.ContainsKey(property.Name)))
        {
            yield return $"{path} lacks '{missing.Name}'";
        }

        foreach (var (key, value) in settings)
        {
            var property = info.Properties.FirstOrDefault(property => property.Name == key);
            if (property is null)
            {
                if (key != extra)
                {
                    yield return $"there is no setting '{Join(path, key)}'; nearest is '{NearestName.Of(key, info.Properties.Select(known => known.Name))}'";
                }

                continue;
            }

            foreach (var problem in Visit(value, property.PropertyType, Join(path, key)))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> OfValue(JsonNode node, Type type, string path)
    {
        try
        {
            node.Deserialize(type, RunJson.Indented);
            return [];
        }
        catch (JsonException error)
        {
            // A converter of ours says what is wrong; the library's own text speaks of .NET types.
            var isOurs = error.InnerException is ArgumentException || error.Message.StartsWith("There is no", StringComparison.Ordinal);
            return [$"{path} is {node.ToJsonString()}{(isOurs ? $": {Clause(error.Message)}" : $", expected {Describe(type)}")}"];
        }
    }

    // A message as a part of a sentence.
    private static string Clause(string message)
    {
        var text = message.Split(" (Parameter", 2)[0].TrimEnd('.');
        var reason = text[(text.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && text.StartsWith("This does", StringComparison.Ordinal) ? colon + 2 : 0)..];
        return char.ToLowerInvariant(reason[0]) + reason[1..];
    }

    private static string Describe(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare.IsEnum => Alternatives([.. Enum.GetNames(bare).Select(JsonNamingPolicy.CamelCase.ConvertName)]),
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(int) || bare == typeof(long) => "a whole number",
            _ when bare == typeof(double) => "a number",
            _ when bare == typeof(string) => "a text",
            _ when RunJson.Indented.GetTypeInfo(bare).Kind == JsonTypeInfoKind.Enumerable => "a list: [ ... ]",
            _ => "an object: { ... }",
        };
    }

    private static string Alternatives(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
