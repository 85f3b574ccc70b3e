namespace SparseHybrid.Kernels.Tests;

public sealed class PackedWeightsTests
{
    private static readonly double[] Zeros = [0.0, 0.5, 0.9, 0.99, 0.9999, 1.0];

    [Fact]
    public void Float32_comes_back_bit_for_bit()
    {
        var random = new Random(1);
        foreach (var zeros in Zeros)
        {
            for (var i = 0; i < 20; i++)
            {
                var matrix = RandomMatrix.Sparse(random, random.Next(40), random.Next(400), zeros);

                var back = PackedWeights.Unpack(PackedWeights.Pack(matrix));

                Assert.Equal((matrix.Rows, matrix.Columns), (back.Rows, back.Columns));
                Assert.Equal(matrix.RowStarts, back.RowStarts);
                Assert.Equal(matrix.ColumnIndices, back.ColumnIndices);
                Assert.Equal(matrix.Values, back.Values);
            }
        }
    }

    [Theory]
    [InlineData(PackedValues.Float16)]
    [InlineData(PackedValues.Int8)]
    public void Rounded_values_are_as_close_as_promised(PackedValues values)
    {
        var dense = RandomMatrix.Dense(new Random(2), 30 * 50, 0.7);

        var back = RandomMatrix.ToDense(PackedWeights.Unpack(PackedWeights.Pack(SparseMatrix.FromDense(dense, 30, 50), values)));

        for (var i = 0; i < dense.Length; i++)
        {
            var rowLargest = dense.AsSpan(i / 50 * 50, 50).ToArray().Max(Math.Abs);
            var allowed = values == PackedValues.Int8 ? rowLargest / 253f : (Math.Abs(dense[i]) / 2048f) + 1e-7f;
            Assert.True(Math.Abs(dense[i] - back[i]) <= allowed, $"entry {i}: {dense[i]} became {back[i]}");
        }
    }

    [Theory]
    [InlineData(0.95, 0.10)]
    [InlineData(0.98, 0.05)]
    public void Packed_weights_are_as_small_as_promised(double zeros, double share)
    {
        var packed = PackedWeights.Pack(RandomMatrix.Sparse(new Random(3), 512, 1024, zeros));

        Assert.InRange(packed.Length, 1, (int)(share * 4 * 512 * 1024));
    }

    [Fact]
    public void Indices_take_the_smaller_form()
    {
        var random = new Random(4);

        Assert.Equal((byte)IndexCoding.Bitmask, PackedWeights.Pack(RandomMatrix.Sparse(random, 64, 64, 0.5))[5]);
        Assert.Equal((byte)IndexCoding.Gaps, PackedWeights.Pack(RandomMatrix.Sparse(random, 64, 64, 0.95))[5]);
    }

    [Fact]
    public void A_file_of_version_1_is_read_as_documented()
    {
        byte[] packed =
        [
            (byte)'S', (byte)'H', (byte)'P', (byte)'W', 1, 1, 2, 0, // gaps, int8
            2, 0, 0, 0, 200, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, // 2 x 200, 3 values, 4 bytes of indices
            1, 0xC7, 0x01, 0, // 1 zero, 199 zeros, none: entries 1, 201, 202
            0, 0, 0, 0x3F, 0, 0, 0, 0x40, // scales 0.5 and 2
            6, 0xFF, 127,
        ];

        var matrix = PackedWeights.Unpack(packed);

        Assert.Equal([0, 1, 3], matrix.RowStarts);
        Assert.Equal([1, 1, 2], matrix.ColumnIndices);
        Assert.Equal([3f, -2f, 254f], matrix.Values);
    }

    [Fact]
    public void What_the_values_cannot_hold_is_refused()
    {
        Assert.Contains("use Float32", Assert.Throws<ArgumentException>(() => Pack(70000f, PackedValues.Float16)).Message, StringComparison.Ordinal);
        Assert.Contains("use Float32", Assert.Throws<ArgumentException>(() => Pack(float.NaN, PackedValues.Int8)).Message, StringComparison.Ordinal);
        Assert.True(float.IsNaN(PackedWeights.Unpack(Pack(float.NaN, PackedValues.Float32)).Values[0]));

        static byte[] Pack(float value, PackedValues values) => PackedWeights.Pack(SparseMatrix.FromDense([value], 1, 1), values);
    }

    [Theory]
    [InlineData(0, 'X', "header")]
    [InlineData(4, 2, "version 2")]
    [InlineData(5, 2, "indices of kind 2")]
    [InlineData(6, 3, "values of kind 3")]
    [InlineData(7, 1, "reserved byte 1")]
    [InlineData(11, 0x80, "claim")] // negative
    [InlineData(11, 0x02, "claim")] // too many
    [InlineData(8, 1, "lies at entry")] // a row fewer than there are values for
    [InlineData(16, 99, "needs")]
    [InlineData(20, 99, "needs")]
    [InlineData(23, 0xFF, "claim")]
    [InlineData(24, 200, "lies at entry")]
    public void A_byte_that_cannot_be_is_refused(int at, int value, string why)
    {
        var packed = PackedWeights.Pack(SparseMatrix.FromDense([.. new float[197], 1f, 2f, 3f], 2, 100));
        packed[at] = (byte)value;

        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => PackedWeights.Unpack(packed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_missing_or_left_over_are_refused()
    {
        var packed = PackedWeights.Pack(RandomMatrix.Sparse(new Random(5), 9, 31, 0.9));
        for (var length = 0; length < packed.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => PackedWeights.Unpack(packed.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => PackedWeights.Unpack([.. packed, 0]));
    }

    /// <summary>Every buffer is either read, and then it is a matrix that its own bytes describe, or refused: nothing else is thrown.</summary>
    [Fact]
    public void Damaged_buffers_are_read_or_refused()
    {
        var random = new Random(6);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var matrix = RandomMatrix.Sparse(random, random.Next(1, 8), random.Next(1, 60), Zeros[random.Next(Zeros.Length)]);
            var packed = Damage(random, PackedWeights.Pack(matrix, (PackedValues)random.Next(3)));
            try
            {
                var back = PackedWeights.Unpack(packed);
                Assert.Equal(BitConverter.ToInt32(packed, 8), back.Rows);
                Assert.Equal(BitConverter.ToInt32(packed, 16), back.Count);
                read++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused");
    }

    private static byte[] Damage(Random random, byte[] packed)
    {
        for (var damage = random.Next(1, 4); damage > 0 && packed.Length > 0; damage--)
        {
            switch (random.Next(5))
            {
                case 0:
                    Array.Resize(ref packed, Math.Max(0, packed.Length + random.Next(-5, 6)));
                    break;
                case 1:
                    packed[random.Next(packed.Length)] = (byte)random.Next(256);
                    break;
                case 2: // a row or column more or less, a value, a byte of indices
                    packed[Math.Min(packed.Length - 1, 8 + (4 * random.Next(4)))] += (byte)random.Next(-1, 2);
                    break;
                default:
                    packed[random.Next(packed.Length)] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return packed;
    }
}
