using System.Security.Cryptography;
using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>The file of weights that a run starts from, in place of random ones.</summary>
/// <param name="File">The file, as an absolute path.</param>
/// <param name="Sha256">Of the whole file, in hexadecimal: the run can be started again only from the same weights.</param>
/// <param name="Remarks">What had to be done to the weights, a sentence each; empty when they went in bit for bit.</param>
public sealed record StartingWeights(string File, string Sha256, IReadOnlyList<string> Remarks)
{
    /// <summary>Puts the weights of a file into a network, as <see cref="ModelWeights.Load"/> does.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="CheckpointException">The file is missing, damaged or does not fit.</exception>
    public static StartingWeights Load(torch.nn.Module model, string path)
    {
        var remarks = ModelWeights.Load(model, path);
        using var stream = System.IO.File.OpenRead(path);
        return new StartingWeights(Path.GetFullPath(path), Convert.ToHexStringLower(SHA256.HashData(stream)), remarks);
    }

    /// <summary>Puts the same weights into a network once more.</summary>
    /// <param name="model">The network.</param>
    /// <exception cref="CheckpointException">The file is missing, damaged, does not fit or holds other weights than it did.</exception>
    internal void LoadAgain(torch.nn.Module model)
    {
        if (Load(model, File).Sha256 != Sha256)
        {
            throw new CheckpointException(
                File,
                what: $"Cannot start again from '{File}'.",
                why: "It holds other weights than when the run began.",
                fix: "Restore the file, or start a new run.");
        }
    }
}
