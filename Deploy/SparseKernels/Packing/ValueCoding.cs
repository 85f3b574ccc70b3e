using System.Buffers.Binary;

namespace SparseHybrid.Kernels;

/// <summary>
/// The values of packed weights in the order of their entries, little-endian. Int8: first a float32 scale for every row, then a signed
/// byte a value, which stands for itself times the scale of its row.
/// </summary>
internal static class ValueCoding
{
    private const float LargestHalf = 65504f;

    /// <summary>The matrix as its values will be read again; what is rounded to zero is left out.</summary>
    /// <param name="matrix">Any.</param>
    /// <param name="scales">Of each row, for Int8: <see cref="Scales"/>.</param>
    /// <param name="coding">How the values will be written.</param>
    public static SparseMatrix Round(SparseMatrix matrix, ReadOnlySpan<float> scales, PackedValues coding) => coding switch
    {
        PackedValues.Float32 => Without0(matrix, matrix.Values),
        PackedValues.Float16 => Without0(matrix, [.. matrix.Values.Select(RoundToHalf)]),
        PackedValues.Int8 => Without0(matrix, RoundToBytes(matrix, scales)),
        _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, "Values are Float32, Float16 or Int8."),
    };

    /// <summary>Writes values that <see cref="Round"/> made.</summary>
    /// <param name="matrix">The rounded matrix.</param>
    /// <param name="scales">Of each row, for Int8.</param>
    /// <param name="coding">How.</param>
    /// <param name="target">As many bytes as it takes.</param>
    public static void Write(SparseMatrix matrix, ReadOnlySpan<float> scales, PackedValues coding, Span<byte> target)
    {
        switch (coding)
        {
            case PackedValues.Float32:
                WriteFloats(matrix.Values, target);
                break;
            case PackedValues.Float16:
                for (var i = 0; i < matrix.Count; i++)
                {
                    BinaryPrimitives.WriteHalfLittleEndian(target[(2 * i)..], (Half)matrix.Values[i]);
                }

                break;
            default:
                WriteFloats(scales, target);
                WriteBytes(matrix, scales, target[(4 * matrix.Rows)..]);
                break;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static float[] Read(ReadOnlySpan<byte> source, PackedValues coding, ReadOnlySpan<int> rowStarts)
    {
        var values = new float[rowStarts[^1]];
        switch (coding)
        {
            case PackedValues.Float32:
                ReadFloats(source, values);
                break;
            case PackedValues.Float16:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(source[(2 * i)..]);
                }

                break;
            default:
                ReadBytes(source, rowStarts, values);
                break;
        }

        return values;
    }

    /// <summary>For Int8: the largest value of each row over 127; 0 where a row has none.</summary>
    public static float[] Scales(SparseMatrix matrix)
    {
        var scales = new float[matrix.Rows];
        for (var row = 0; row < matrix.Rows; row++)
        {
            foreach (var value in matrix.Values.AsSpan(matrix.RowStarts[row]..matrix.RowStarts[row + 1]))
            {
                scales[row] = float.IsFinite(value)
                    ? Math.Max(scales[row], Math.Abs(value) / 127f)
                    : throw new ArgumentException($"Row {row} has the value {value}, which int8 cannot hold; use Float32.", nameof(matrix));
            }
        }

        return scales;
    }

    private static void WriteBytes(SparseMatrix matrix, ReadOnlySpan<float> scales, Span<byte> target)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
            {
                target[i] = (byte)ToByte(matrix.Values[i], scales[row]);
            }
        }
    }

    private static void ReadBytes(ReadOnlySpan<byte> source, ReadOnlySpan<int> rowStarts, Span<float> values)
    {
        var rows = rowStarts.Length - 1;
        var scales = new float[rows];
        ReadFloats(source[..(4 * rows)], scales);
        var bytes = source[(4 * rows)..];
        for (var row = 0; row < rows; row++)
        {
            if (!(scales[row] >= 0f && float.IsFinite(scales[row])))
            {
                throw PackedHeader.Refused($"the scale of row {row} is {scales[row]}");
            }

            for (var i = rowStarts[row]; i < rowStarts[row + 1]; i++)
            {
                values[i] = (sbyte)bytes[i] * scales[row];
            }
        }
    }

    private static float[] RoundToBytes(SparseMatrix matrix, ReadOnlySpan<float> scales)
    {
        var values = new float[matrix.Count];
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
            {
                values[i] = ToByte(matrix.Values[i], scales[row]) * scales[row];
            }
        }

        return values;
    }

    private static sbyte ToByte(float value, float scale) =>
        scale == 0f ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(value / scale), -127f, 127f);

    private static float RoundToHalf(float value) =>
        Math.Abs(value) > LargestHalf && float.IsFinite(value)
            ? throw new ArgumentException($"The value {value} is beyond float16's largest, {LargestHalf}; use Float32.", nameof(value))
            : (float)(Half)value;

    private static SparseMatrix Without0(SparseMatrix matrix, float[] values)
    {
        if (!values.AsSpan().Contains(0f))
        {
            return new SparseMatrix(matrix.Rows, matrix.Columns, matrix.RowStarts, matrix.ColumnIndices, values);
        }

        var starts = new int[matrix.Rows + 1];
        for (var row = 0; row < matrix.Rows; row++)
        {
            var kept = values.AsSpan(matrix.RowStarts[row]..matrix.RowStarts[row + 1]);
            starts[row + 1] = starts[row] + kept.Length - kept.Count(0f);
        }

        var columns = matrix.ColumnIndices.Where((_, i) => values[i] != 0f).ToArray();
        return new SparseMatrix(matrix.Rows, matrix.Columns, starts, columns, [.. values.Where(value => value != 0f)]);
    }

    private static void WriteFloats(ReadOnlySpan<float> values, Span<byte> target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(target[(4 * i)..], values[i]);
        }
    }

    private static void ReadFloats(ReadOnlySpan<byte> source, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(source[(4 * i)..]);
        }
    }
}
