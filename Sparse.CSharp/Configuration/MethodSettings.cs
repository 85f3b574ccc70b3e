using System.Text.Json;
using System.Text.Json.Nodes;
using SparseHybrid.Methods;
using SparseHybrid.Runs;

namespace SparseHybrid.Configuration;

/// <summary>Settings of a method by their names in JSON.</summary>
public static class MethodSettings
{
    /// <summary>The method with one number changed; null where it has no setting of this name.</summary>
    /// <param name="method">One that has a name.</param>
    /// <param name="key">Name of the setting, in camelCase: weightDecay.</param>
    /// <param name="value">Its new value; not checked here.</param>
    public static MethodOptions? With(MethodOptions method, string key, double value)
    {
        var settings = JsonSerializer.SerializeToNode(method, RunJson.Line)!.AsObject();
        if (!settings.ContainsKey(key))
        {
            return null;
        }

        settings[key] = JsonValue.Create(value);
        return settings.Deserialize<MethodOptions>(RunJson.Line);
    }
}
