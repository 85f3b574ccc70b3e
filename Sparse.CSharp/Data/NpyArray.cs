using System.Runtime.InteropServices;

namespace SparseHybrid.Data;

/// <summary>An array out of a .npy file.</summary>
/// <param name="Path">Where it comes from, for messages.</param>
/// <param name="Type">What an entry is.</param>
/// <param name="Shape">Sizes of the dimensions.</param>
/// <param name="Bytes">The entries, the last dimension running fastest.</param>
internal sealed record NpyArray(string Path, NpyType Type, long[] Shape, byte[] Bytes)
{
    /// <summary>How many entries it has.</summary>
    public int Count => Bytes.Length / Type.Bytes;

    /// <summary>Reads an array and checks that the file holds exactly it.</summary>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="content">The file from its beginning.</param>
    /// <param name="mostBytes">More bytes than this cannot follow, whatever the header says.</param>
    /// <exception cref="InvalidDataException">It is no valid .npy file; the message says why.</exception>
    public static NpyArray Read(string path, Stream content, long mostBytes)
    {
        var header = NpyHeader.Read(content);
        var shape = $"({string.Join(", ", header.Shape)})";
        if (header.Count is not { } count || count > Array.MaxLength / header.Type.Bytes || count * header.Type.Bytes > mostBytes)
        {
            throw new InvalidDataException(
                $"Its header promises {shape} entries of {header.Type.Bytes} bytes, more than the file can hold or than the 2 GiB that can be read.");
        }

        var bytes = new byte[count * header.Type.Bytes];
        var found = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (found < bytes.Length)
        {
            throw new InvalidDataException($"Its header promises {shape} entries of {header.Type.Bytes} bytes; {found} of {bytes.Length} bytes are there.");
        }

        if (content.ReadByte() >= 0)
        {
            throw new InvalidDataException($"Its header promises {shape} entries of {header.Type.Bytes} bytes; more follow them.");
        }

        var array = new NpyArray(path, header.Type, header.Shape, bytes);
        return header.IsFortran ? array with { Bytes = array.Permuted(Strides(header.Shape, isFortran: true)) } : array;
    }

    /// <summary>The same entries with the dimensions in another order.</summary>
    /// <param name="order">The old dimension at each place of the new shape.</param>
    public NpyArray Transposed(params int[] order)
    {
        var strides = Strides(Shape, isFortran: false);
        var turned = this with { Shape = Array.ConvertAll(order, dimension => Shape[dimension]) };
        return turned with { Bytes = turned.Permuted(Array.ConvertAll(order, dimension => strides[dimension])) };
    }

    /// <summary>The same entries as float32 of this machine, rounded where they have to be.</summary>
    public NpyArray AsFloat32()
    {
        if (Type is { Kind: 'f', Bytes: 4, IsBigEndian: false })
        {
            return this;
        }

        var floats = new byte[checked(Count * sizeof(float))];
        var entries = MemoryMarshal.Cast<byte, float>(floats.AsSpan());
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = (float)Real(i);
        }

        return this with { Type = new NpyType('f', sizeof(float), IsBigEndian: false), Bytes = floats };
    }

    /// <summary>An entry of a whole type.</summary>
    public long Whole(int index) => Type.Whole(Bytes.AsSpan(index * Type.Bytes, Type.Bytes));

    /// <summary>An entry as a real number.</summary>
    public double Real(int index) => Type.Real(Bytes.AsSpan(index * Type.Bytes, Type.Bytes));

    /// <summary>The place of an entry, as NumPy would write it: [i, j, ...].</summary>
    public string PlaceOf(int index)
    {
        var place = new long[Shape.Length];
        long rest = index;
        for (var dimension = Shape.Length - 1; dimension >= 0; dimension--)
        {
            (rest, place[dimension]) = Math.DivRem(rest, Shape[dimension]);
        }

        return $"[{string.Join(", ", place)}]";
    }

    private static long[] Strides(long[] shape, bool isFortran)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = 0; i < shape.Length; i++)
        {
            var dimension = isFortran ? i : shape.Length - 1 - i;
            strides[dimension] = stride;
            stride *= shape[dimension];
        }

        return strides;
    }

    // The entries in the order of Shape, where a step along a dimension moves by a stride among the entries as they lie.
    private byte[] Permuted(long[] strides)
    {
        var turned = new byte[Bytes.Length];
        var place = new long[Shape.Length];
        var from = 0L;
        for (var to = 0; to < turned.Length; to += Type.Bytes)
        {
            Bytes.AsSpan((int)from * Type.Bytes, Type.Bytes).CopyTo(turned.AsSpan(to));
            for (var dimension = Shape.Length - 1; dimension >= 0; dimension--)
            {
                from += strides[dimension];
                if (++place[dimension] < Shape[dimension])
                {
                    break;
                }

                from -= strides[dimension] * Shape[dimension];
                place[dimension] = 0;
            }
        }

        return turned;
    }
}
