using System.Text.Json;

namespace SparseHybrid.Deploy.Session;

/// <summary>A node, after ONNX Runtime's fusions, and the execution provider that ran it.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Operator">Its operator, as Conv.</param>
/// <param name="Provider">The provider, as CPUExecutionProvider.</param>
public sealed record NodePlacement(string Node, string Operator, string Provider);

/// <summary>Asks ONNX Runtime's own profile which execution provider ran each node.</summary>
internal static class ProviderProfile
{
    private const string EndOfName = "_kernel_time";

    /// <summary>Runs a model once; the nodes in the order in which they ran.</summary>
    public static IReadOnlyList<NodePlacement> Nodes(string path, SessionSettings settings, float[] input, int batch)
    {
        var folder = Directory.CreateTempSubdirectory("sparse-profile-");
        try
        {
            using var options = settings.ToSessionOptions();
            options.ProfileOutputPathPrefix = System.IO.Path.Combine(folder.FullName, "profile");
            options.EnableProfiling = true;
            using var session = ModelSession.Load(path, options, settings.SampleShape);
            session.Run(input, batch);
            return Read(File.ReadAllBytes(session.EndProfiling()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The nodes of a profile, each once.</summary>
    internal static IReadOnlyList<NodePlacement> Read(byte[] profile)
    {
        using var events = JsonDocument.Parse(profile);
        return [.. events.RootElement.EnumerateArray().Select(Placement).OfType<NodePlacement>().DistinctBy(node => node.Node)];
    }

    private static NodePlacement? Placement(JsonElement entry)
    {
        if (!entry.TryGetProperty("args", out var details) || !details.TryGetProperty("provider", out var provider))
        {
            return null;
        }

        var name = entry.GetProperty("name").GetString()!;
        var type = details.TryGetProperty("op_name", out var known) ? known.GetString()! : "";
        return new NodePlacement(name.EndsWith(EndOfName, StringComparison.Ordinal) ? name[..^EndOfName.Length] : name, type, provider.GetString()!);
    }
}
