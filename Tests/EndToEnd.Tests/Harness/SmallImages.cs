using System.Buffers.Binary;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>A folder of four IDX files with few images that are easy to tell apart: trains in a moment.</summary>
public static class SmallImages
{
    private const int Side = 28;

    /// <summary>Writes the four files under the names that MNIST's authors chose.</summary>
    public static string Write(string folder, int training = 640, int test = 100)
    {
        Directory.CreateDirectory(folder);
        WritePart(folder, "train", training, seed: 1);
        WritePart(folder, "t10k", test, seed: 2);
        return folder;
    }

    /// <summary>An IDX file of unsigned bytes.</summary>
    public static void WriteIdx(string path, byte[] values, params int[] dimensions)
    {
        using var stream = File.Create(path);
        stream.Write([0, 0, 8, (byte)dimensions.Length]);
        Span<byte> size = stackalloc byte[4];
        foreach (var dimension in dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            stream.Write(size);
        }

        stream.Write(values);
    }

    private static void WritePart(string folder, string part, int count, int seed)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, count).Select(index => (byte)(index % 10)).ToArray();
        var pixels = labels.SelectMany(label => Draw(label, random)).ToArray();
        WriteIdx(Path.Combine(folder, $"{part}-images-idx3-ubyte"), pixels, count, Side, Side);
        WriteIdx(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), labels, count);
    }

    // A bright band whose height is the class, over noise.
    private static IEnumerable<byte> Draw(int label, Random random) =>
        Enumerable.Range(0, Side * Side).Select(pixel => (byte)((pixel / Side - 4) / 2 == label ? 200 + random.Next(56) : random.Next(80)));
}
