using System.Buffers.Binary;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Random images of 28 x 28 with random labels of ten classes, in MNIST's files.</summary>
internal static class RandomDigits
{
    /// <summary>Writes a part of the data.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="part">"train" or "t10k".</param>
    /// <param name="count">Images.</param>
    public static void Write(TemporaryFolder folder, string part, int count)
    {
        var random = new Random(1);
        var images = new byte[16 + count * 28 * 28];
        random.NextBytes(images);
        WriteNumbers(images, 0x803, count, 28, 28);
        folder.Write($"{part}-images-idx3-ubyte", images);
        byte[] labels = [.. new byte[8], .. Enumerable.Range(0, count).Select(_ => (byte)random.Next(10))];
        WriteNumbers(labels, 0x801, count);
        folder.Write($"{part}-labels-idx1-ubyte", labels);
    }

    private static void WriteNumbers(byte[] target, params int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(target.AsSpan(4 * i), numbers[i]);
        }
    }
}
