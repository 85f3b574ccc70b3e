using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SparseHybrid.Data;

/// <summary>What a .npy file says of its array: NumPy's format, versions 1 to 3.</summary>
/// <param name="Type">What an entry is.</param>
/// <param name="IsFortran">Whether the first dimension runs fastest, and not the last.</param>
/// <param name="Shape">Sizes of the dimensions; empty for a single number.</param>
internal sealed partial record NpyHeader(NpyType Type, bool IsFortran, long[] Shape)
{
    // The header of an array of plain numbers takes about a hundred bytes; names of structured types may take more.
    private const int LongestText = 65_536;

    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>How many entries the array has; null when that exceeds a signed 64-bit number.</summary>
    public long? Count
    {
        get
        {
            Int128 count = 1;
            foreach (var size in Shape)
            {
                count *= size;
                if (count > long.MaxValue)
                {
                    return null;
                }
            }

            return (long)count;
        }
    }

    /// <summary>Reads the header; the stream then stands at the first entry.</summary>
    /// <exception cref="InvalidDataException">It is not a header of this format; the message says why.</exception>
    public static NpyHeader Read(Stream content)
    {
        Span<byte> start = stackalloc byte[8];
        if (content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..6].SequenceEqual(Magic))
        {
            throw new InvalidDataException("It does not begin as a .npy file does.");
        }

        if (start[6] is not (1 or 2 or 3))
        {
            throw new InvalidDataException($"Its format is version {start[6]}.{start[7]}; versions 1 to 3 are known.");
        }

        Span<byte> length = stackalloc byte[4];
        content.ReadExactly(start[6] == 1 ? length[..2] : length);
        var bytes = (long)length[0] | (long)length[1] << 8 | (long)length[2] << 16 | (long)length[3] << 24;
        if (bytes > LongestText)
        {
            throw new InvalidDataException($"Its header claims {bytes} bytes; at most {LongestText} are believed.");
        }

        var text = new byte[bytes];
        content.ReadExactly(text);
        return Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text));
    }

    // A literal of a Python dictionary with three keys: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
    private static NpyHeader Parse(string text)
    {
        var order = FortranOrder().Match(text);
        var shape = ShapeTuple().Match(text);
        if (!order.Success || !shape.Success)
        {
            throw new InvalidDataException("Its header lacks fortran_order or shape.");
        }

        var type = Descr().Match(text) is { Success: true } simple
            ? NpyType.Parse(simple.Groups[1].Value)
            : throw new InvalidDataException("Its entries are structures, or have no type; expected plain numbers.");
        var sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sizes.Length > 32) // NumPy's own limit
        {
            throw new InvalidDataException($"It has {sizes.Length} dimensions; NumPy knows at most 32.");
        }

        return new NpyHeader(type, order.Groups[1].Value == "True", Array.ConvertAll(sizes, ParseSize));
    }

    private static long ParseSize(string text) =>
        long.TryParse(text.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new InvalidDataException($"Its shape has the size '{text}'.");

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([^'""]*)['""]")]
    private static partial Regex Descr();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapeTuple();
}
