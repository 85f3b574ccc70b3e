using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Schedules;

namespace SparseHybrid.Runs;

/// <summary>How records are written as JSON: camelCase, choices as words, numbers so that they are read back exactly.</summary>
internal static class RunJson
{
    /// <summary>For a file that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>For a line of metrics.jsonl.</summary>
    public static JsonSerializerOptions Line { get; } = Create(indented: false);

    /// <summary>Reads a record. Every fault of the text is a <see cref="JsonException"/>.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not of this record.</exception>
    public static T Parse<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Line) ?? throw new JsonException("It holds null.");
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            throw new JsonException(error.Message, error); // a choice without its name, a value that a record refuses
        }
    }

    private static JsonSerializerOptions Create(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepSettingsOnly } },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new GroupingConverter(), new RegularizerConverter(), new PolicyConverter() },
    };

    // What a method or a schedule tells of itself is no setting; an attribute that says so would have to be repeated in every child.
    private static void KeepSettingsOnly(JsonTypeInfo info)
    {
        if (info.Type.IsAssignableTo(typeof(MethodOptions)) || info.Type.IsAssignableTo(typeof(ScheduleOptions)))
        {
            foreach (var property in info.Properties.Where(property => property.Set is null).ToList())
            {
                info.Properties.Remove(property);
            }
        }
    }

    private sealed class RegularizerConverter : JsonConverter<Regularizer>
    {
        public override Regularizer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            try
            {
                return RegularizerJson.OfJson(document.RootElement.GetRawText());
            }
            catch (ArgumentException error)
            {
                throw new JsonException(error.Message, error);
            }
        }

        public override void Write(Utf8JsonWriter writer, Regularizer value, JsonSerializerOptions options) =>
            writer.WriteRawValue(RegularizerJson.ToJson(value));
    }

    /// <summary>The name alone; a policy of a program's own can be written but not read.</summary>
    private sealed class PolicyConverter : JsonConverter<RegularizationPolicy>
    {
        public override RegularizationPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var name = reader.GetString();
            return RegularizationPolicy.Known.FirstOrDefault(policy => policy.Name == name)
                ?? throw new JsonException(
                    $"There is no policy '{name}'; known are: {string.Join(", ", RegularizationPolicy.Known.Select(policy => policy.Name))}.");
        }

        public override void Write(Utf8JsonWriter writer, RegularizationPolicy value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }

    private sealed class GroupingConverter : JsonConverter<Grouping>
    {
        private static readonly (string Name, Grouping Grouping)[] Names =
        [
            ("element", Grouping.Element),
            ("kernel", Grouping.Kernel),
            ("outputFilter", Grouping.OutputFilter),
            ("row", Grouping.Row),
            ("column", Grouping.Column),
        ];

        public override Grouping Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                using var document = JsonDocument.ParseValue(ref reader);
                try
                {
                    return RegularizerJson.GroupingOfJson(document.RootElement.GetRawText());
                }
                catch (ArgumentException error)
                {
                    throw new JsonException(error.Message, error);
                }
            }

            var name = reader.GetString();
            return Array.Find(Names, known => known.Name == name).Grouping ?? throw new JsonException($"There is no grouping '{name}'.");
        }

        /// <summary>A word; groupings with numbers are objects.</summary>
        public override void Write(Utf8JsonWriter writer, Grouping value, JsonSerializerOptions options)
        {
            if (Array.Find(Names, known => known.Grouping.Equals(value)).Name is { } name)
            {
                writer.WriteStringValue(name);
            }
            else
            {
                writer.WriteRawValue(RegularizerJson.GroupingToJson(value));
            }
        }
    }
}
