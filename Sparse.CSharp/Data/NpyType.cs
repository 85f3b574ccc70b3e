using System.Buffers.Binary;

namespace SparseHybrid.Data;

/// <summary>What an entry of a NumPy array is.</summary>
/// <param name="Kind">u: whole number without sign; i: with sign; f: real number; b: truth value.</param>
/// <param name="Bytes">Its size: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal sealed record NpyType(char Kind, int Bytes, bool IsBigEndian)
{
    /// <summary>Whether it is a whole number or a truth value.</summary>
    public bool IsWhole => Kind != 'f';

    /// <summary>Whether it is a byte without sign, as pixels are.</summary>
    public bool IsByte => this is { Kind: 'u', Bytes: 1 };

    /// <summary>Reads NumPy's name of a type, as &lt;f4.</summary>
    /// <exception cref="InvalidDataException">It is no number that can be read.</exception>
    public static NpyType Parse(string name) =>
        name is ['<' or '>' or '|' or '=', var kind, var size]
        && (kind, size) is ('u' or 'i', '1' or '2' or '4' or '8') or ('f', '2' or '4' or '8') or ('b', '1')
            ? new NpyType(kind, size - '0', name[0] == '>')
            : throw new InvalidDataException($"Its entries are of type '{name}'; whole and real numbers of up to 8 bytes can be read.");

    /// <summary>An entry as a real number.</summary>
    /// <param name="bytes">The bytes of this entry alone.</param>
    public double Real(ReadOnlySpan<byte> bytes) => (Kind, Bytes) switch
    {
        ('f', 2) => (double)BitConverter.UInt16BitsToHalf((ushort)Bits(bytes)),
        ('f', 4) => BitConverter.UInt32BitsToSingle((uint)Bits(bytes)),
        ('f', _) => BitConverter.UInt64BitsToDouble(Bits(bytes)),
        ('u', _) => Bits(bytes),
        _ => Whole(bytes),
    };

    /// <summary>An entry of a whole type; one without sign beyond 2^63 comes out negative.</summary>
    /// <param name="bytes">The bytes of this entry alone.</param>
    public long Whole(ReadOnlySpan<byte> bytes)
    {
        var bits = Bits(bytes);
        return (Kind, Bytes) switch
        {
            ('i', 1) => (sbyte)bits,
            ('i', 2) => (short)bits,
            ('i', 4) => (int)bits,
            _ => (long)bits,
        };
    }

    private ulong Bits(ReadOnlySpan<byte> bytes) => (Bytes, IsBigEndian) switch
    {
        (1, _) => bytes[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };
}
