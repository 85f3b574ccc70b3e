using SparseHybrid.Runs;

namespace SparseHybrid.Tests.Support;

/// <summary>Checkpoints whose contents are wrong and whose checksum is right.</summary>
internal static class ForgedCheckpoint
{
    private const string HashKey = "sha256";

    /// <summary>Changes the metadata of a checkpoint and its checksum with it.</summary>
    public static void Rewrite(string path, Action<Dictionary<string, string>> change)
    {
        using var contents = Safetensors.Read(path);
        var metadata = contents.Metadata.Where(item => item.Key != HashKey).ToDictionary();
        change(metadata);
        metadata[HashKey] = ContentHash.Of(metadata, contents.Tensors);
        Safetensors.Write(path, contents.Tensors, metadata);
    }
}
