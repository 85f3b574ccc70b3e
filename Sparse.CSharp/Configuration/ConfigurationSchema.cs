using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Microsoft.FSharp.Reflection;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;

namespace SparseHybrid.Configuration;

/// <summary>The JSON schema (draft 2020-12) of a record of settings, for editors that complete and check.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Strict = new(RunJson.Indented) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The schema. Nothing is required at the top: what is left out has a default.</summary>
    public static JsonObject Of(Type type)
    {
        var exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = Strict.GetJsonSchemaAsNode(type, exporting).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(Regularizer) || type == typeof(Grouping))
        {
            return Union(type, mayBeNull: context.PropertyInfo?.IsSetNullable ?? false);
        }

        if (type == typeof(double))
        {
            var mayBeNull = type != context.TypeInfo.Type;
            return new JsonObject { ["type"] = mayBeNull ? new JsonArray("number", "null") : "number" };
        }

        if (type == typeof(RegularizationPolicy))
        {
            return new JsonObject { ["enum"] = new JsonArray([.. RegularizationPolicy.Known.Select(policy => JsonValue.Create(policy.Name)), null]) };
        }

        if (type == typeof(Training.SparseTrainerOptions) && schema is JsonObject settings)
        {
            settings.Remove("required"); // the number of epochs too has a default in a file
        }

        return schema;
    }

    // A case without numbers is a word, any other an object with the case and its numbers: as RegularizerJson has them.
    private static JsonObject Union(Type type, bool mayBeNull)
    {
        var cases = FSharpType.GetUnionCases(type, null);
        var words = cases.Where(one => one.GetFields().Length == 0).Select(one => (JsonNode?)JsonValue.Create(one.Name)).ToList();
        if (type == typeof(Grouping))
        {
            words = [.. words, .. words.Select(word => (JsonNode?)JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(word!.GetValue<string>())))];
        }

        if (mayBeNull)
        {
            words.Add(null);
        }

        var objects = cases.Where(one => one.GetFields().Length > 0 && one.Name != "Custom").Select(one => Fields(one.Name, one.GetFields()));
        return new JsonObject { ["anyOf"] = new JsonArray([new JsonObject { ["enum"] = new JsonArray([.. words]) }, .. objects]) };
    }

    private static JsonObject Fields(string name, System.Reflection.PropertyInfo[] fields)
    {
        var properties = new JsonObject { ["case"] = new JsonObject { ["const"] = name } };
        foreach (var field in fields)
        {
            properties.Add(JsonNamingPolicy.CamelCase.ConvertName(field.Name), OfField(field.PropertyType));
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. properties.Select(property => (JsonNode?)JsonValue.Create(property.Key))]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonNode OfField(Type type) => type switch
    {
        _ when type == typeof(double) => new JsonObject { ["type"] = "number" },
        _ when type == typeof(int) => new JsonObject { ["type"] = "integer" },
        _ when type == typeof(AdaptiveL1) => WithoutCase(Fields("", FSharpType.GetRecordFields(type, null))),
        _ when type == typeof(IndexGroups) => new JsonObject { ["type"] = "array" },
        _ => Union(type, mayBeNull: false),
    };

    private static JsonObject WithoutCase(JsonObject record)
    {
        record["properties"]!.AsObject().Remove("case");
        record["required"]!.AsArray().RemoveAt(0);
        return record;
    }
}
