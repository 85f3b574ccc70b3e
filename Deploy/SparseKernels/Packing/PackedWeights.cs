namespace SparseHybrid.Kernels;

/// <summary>
/// Sparse weights as the operators of the domain <c>sparsehybrid</c> take them: one vector of bytes, of a header, the places of the
/// values and the values. docs/sparse-format.md describes it so that anyone can write a reader.
/// </summary>
public static class PackedWeights
{
    /// <summary>Packs a matrix; of the two ways to write indices it takes the smaller.</summary>
    /// <param name="matrix">Any matrix of at most 2^24 rows and columns. Zeros it holds are left out.</param>
    /// <param name="values">How the values are stored; what that rounds to zero is left out.</param>
    /// <exception cref="ArgumentException">The matrix is too large, or a value is not finite or too large for <paramref name="values"/>.</exception>
    public static byte[] Pack(SparseMatrix matrix, PackedValues values = PackedValues.Float32)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (Math.Max(matrix.Rows, matrix.Columns) > PackedHeader.LargestSide)
        {
            throw new ArgumentException($"The matrix is {matrix.Rows} x {matrix.Columns}; a side has at most {PackedHeader.LargestSide}.", nameof(matrix));
        }

        var scales = values == PackedValues.Int8 ? ValueCoding.Scales(matrix) : [];
        var rounded = ValueCoding.Round(matrix, scales, values);
        var positions = Positions(rounded);
        var entries = (long)matrix.Rows * matrix.Columns;
        var (gaps, mask) = (GapIndices.Bytes(positions), BitmaskIndices.Bytes(entries));
        var coding = gaps < mask ? IndexCoding.Gaps : IndexCoding.Bitmask;
        var header = new PackedHeader(coding, values, matrix.Rows, matrix.Columns, rounded.Count, checked((int)Math.Min(gaps, mask)));
        return Write(header, positions, rounded, scales);
    }

    /// <summary>Reads packed weights, checking everything.</summary>
    /// <exception cref="InvalidDataException">The bytes are not packed weights that this build can read; the message says why.</exception>
    public static SparseMatrix Unpack(ReadOnlySpan<byte> packed)
    {
        var header = PackedHeader.Read(packed);
        var positions = new long[header.Count];
        var indices = packed.Slice(PackedHeader.Bytes, header.IndexBytes);
        if (header.Indices == IndexCoding.Bitmask)
        {
            BitmaskIndices.Read(indices, header.Entries, positions);
        }
        else
        {
            GapIndices.Read(indices, header.Entries, positions);
        }

        if (packed[(PackedHeader.Bytes + header.IndexBytes)..header.ValueStart].ContainsAnyExcept((byte)0))
        {
            throw PackedHeader.Refused("the bytes between indices and values are not 0");
        }

        var (starts, columns) = ToRows(positions, header.Rows, header.Columns);
        var values = ValueCoding.Read(packed[header.ValueStart..], header.Values, starts);
        return new SparseMatrix(header.Rows, header.Columns, starts, columns, values);
    }

    private static byte[] Write(PackedHeader header, long[] positions, SparseMatrix rounded, float[] scales)
    {
        var packed = new byte[checked((int)(header.ValueStart + header.ValueBytes))];
        header.Write(packed);
        var indices = packed.AsSpan(PackedHeader.Bytes, header.IndexBytes);
        if (header.Indices == IndexCoding.Bitmask)
        {
            BitmaskIndices.Write(positions, indices);
        }
        else
        {
            GapIndices.Write(positions, indices);
        }

        ValueCoding.Write(rounded, scales, header.Values, packed.AsSpan(header.ValueStart));
        return packed;
    }

    private static long[] Positions(SparseMatrix matrix)
    {
        var positions = new long[matrix.Count];
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
            {
                positions[i] = ((long)row * matrix.Columns) + matrix.ColumnIndices[i];
            }
        }

        return positions;
    }

    private static (int[] Starts, int[] Columns) ToRows(long[] positions, int rows, int columns)
    {
        var (starts, indices) = (new int[rows + 1], new int[positions.Length]);
        for (var i = 0; i < positions.Length; i++)
        {
            var (row, column) = Math.DivRem(positions[i], columns);
            starts[row + 1]++;
            indices[i] = (int)column;
        }

        for (var row = 0; row < rows; row++)
        {
            starts[row + 1] += starts[row];
        }

        return (starts, indices);
    }
}
