using System.Security.Cryptography;

namespace SparseHybrid.Deploy.Certify;

/// <summary>What tells a file from every other one.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 of the bytes of a file, in hexadecimal.</summary>
    public static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
