namespace SparseHybrid.Kernels;

/// <summary>
/// For every value the number of zeros between it and the value before (or the beginning), going through the matrix row by row as if
/// it were one row: an unsigned LEB128 number, that is 7 bits a byte, lowest first, the top bit set in all bytes but the last. No
/// number ends in a byte 0 unless it is that byte alone. Smallest from about 88 % zeros.
/// </summary>
internal static class GapIndices
{
    private const int MostBytesOfOne = 7; // 49 bits; the largest matrix has 2^48 entries

    public static long Bytes(ReadOnlySpan<long> positions)
    {
        long bytes = 0;
        long before = -1;
        foreach (var position in positions)
        {
            for (var gap = position - before - 1; gap > 127; gap >>= 7)
            {
                bytes++;
            }

            bytes++;
            before = position;
        }

        return bytes;
    }

    public static void Write(ReadOnlySpan<long> positions, Span<byte> target)
    {
        var next = 0;
        long before = -1;
        foreach (var position in positions)
        {
            var gap = position - before - 1;
            for (; gap > 127; gap >>= 7)
            {
                target[next++] = (byte)(gap | 128);
            }

            target[next++] = (byte)gap;
            before = position;
        }
    }

    /// <summary>Fills <paramref name="positions"/> with the positions of the values, ascending.</summary>
    public static void Read(ReadOnlySpan<byte> source, long entries, Span<long> positions)
    {
        var next = 0;
        long before = -1;
        for (var i = 0; i < positions.Length; i++)
        {
            var position = before + 1 + ReadGap(source, ref next);
            if (position >= entries)
            {
                throw PackedHeader.Refused($"value {i} lies at entry {position} of {entries}");
            }

            positions[i] = position;
            before = position;
        }

        if (next != source.Length)
        {
            throw PackedHeader.Refused($"{source.Length - next} bytes of indices are left over after {positions.Length} values");
        }
    }

    private static long ReadGap(ReadOnlySpan<byte> source, ref int next)
    {
        long gap = 0;
        for (var i = 0; i < MostBytesOfOne && next < source.Length; i++)
        {
            var part = source[next++];
            gap |= (long)(part & 127) << (7 * i);
            if (part < 128)
            {
                return part != 0 || i == 0 ? gap : throw PackedHeader.Refused($"the number that ends at byte {next - 1} of the indices has a byte too many");
            }
        }

        throw PackedHeader.Refused($"the indices end, or have a number of more than {MostBytesOfOne} bytes, at byte {next}");
    }
}
