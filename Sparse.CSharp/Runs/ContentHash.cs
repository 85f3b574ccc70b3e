using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>SHA-256 over texts and tensors by name: what tells a damaged checkpoint from a good one.</summary>
internal static class ContentHash
{
    /// <summary>The same for equal contents, whatever their order.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> texts, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in texts.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(name));
            Append(hash, Encoding.UTF8.GetBytes(text));
        }

        foreach (var (name, tensor) in tensors.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes($"{name} {tensor.dtype} {string.Join(' ', tensor.shape)}"));
            Safetensors.WithBytes(tensor, bytes => Append(hash, bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The length goes first, so that no two different contents run together to the same bytes.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
