using System.Text.Json;

namespace SparseHybrid.Deploy.Session;

/// <summary>Asks ONNX Runtime's own profile which execution provider ran each node.</summary>
internal static class ProviderProfile
{
    /// <summary>Runs a model once and counts its nodes (after ONNX Runtime's fusions) per provider.</summary>
    public static IReadOnlyDictionary<string, int> CountNodes(string path, SessionSettings settings, float[] input, int batch)
    {
        var folder = Directory.CreateTempSubdirectory("sparse-profile-");
        try
        {
            using var options = settings.ToSessionOptions();
            options.ProfileOutputPathPrefix = System.IO.Path.Combine(folder.FullName, "profile");
            options.EnableProfiling = true;
            using var session = ModelSession.Load(path, options, settings.SampleShape);
            session.Run(input, batch);
            return Count(File.ReadAllBytes(session.EndProfiling()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SortedDictionary<string, int> Count(byte[] profile)
    {
        var providerOfNode = new Dictionary<string, string>();
        using var events = JsonDocument.Parse(profile);
        foreach (var entry in events.RootElement.EnumerateArray())
        {
            if (entry.TryGetProperty("args", out var details) && details.TryGetProperty("provider", out var provider))
            {
                providerOfNode[entry.GetProperty("name").GetString()!] = provider.GetString()!;
            }
        }
        var counts = providerOfNode.Values.CountBy(provider => provider).ToDictionary();
        return new SortedDictionary<string, int>(counts, StringComparer.Ordinal);
    }
}
