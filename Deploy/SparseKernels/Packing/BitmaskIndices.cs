using System.Numerics;

namespace SparseHybrid.Kernels;

/// <summary>
/// A bit for every entry of the matrix, row by row without gaps between the rows: entry i is bit i % 8 (least significant first) of
/// byte i / 8, 1 where there is a value. Bits behind the last entry are 0. Smallest below about 88 % zeros.
/// </summary>
internal static class BitmaskIndices
{
    public static long Bytes(long entries) => (entries + 7) / 8;

    public static void Write(ReadOnlySpan<long> positions, Span<byte> target)
    {
        foreach (var position in positions)
        {
            target[(int)(position >> 3)] |= (byte)(1 << (int)(position & 7));
        }
    }

    /// <summary>Fills <paramref name="positions"/> with the positions of the values, ascending.</summary>
    public static void Read(ReadOnlySpan<byte> source, long entries, Span<long> positions)
    {
        if (source.Length != Bytes(entries))
        {
            throw PackedHeader.Refused($"a bitmask of {entries} entries is {Bytes(entries)} bytes, not {source.Length}");
        }

        var next = 0;
        for (var i = 0; i < source.Length; i++)
        {
            for (uint bits = source[i]; bits != 0; bits &= bits - 1)
            {
                var position = (8L * i) + BitOperations.TrailingZeroCount(bits);
                if (next == positions.Length || position >= entries)
                {
                    throw PackedHeader.Refused($"the bitmask has more than {positions.Length} values, or one behind the last entry");
                }

                positions[next++] = position;
            }
        }

        if (next != positions.Length)
        {
            throw PackedHeader.Refused($"the bitmask has {next} values, the header says {positions.Length}");
        }
    }
}
