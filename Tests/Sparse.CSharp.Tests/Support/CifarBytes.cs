using System.Formats.Tar;

namespace SparseHybrid.Tests.Support;

/// <summary>Makes files of CIFAR's binary version, written from the format's description and not with the reader under test.</summary>
public static class CifarBytes
{
    public const int Pixels = 3 * 32 * 32;

    /// <summary>Records: label bytes, then pixels; image i is of class first + i.</summary>
    public static byte[] Records(int count, int first, int labelBytes, int seed)
    {
        var records = IdxBytes.Noise(count * (labelBytes + Pixels), seed);
        for (var image = 0; image < count; image++)
        {
            var start = image * (labelBytes + Pixels);
            records[start] = (byte)((first + image) % 10);
            records[start + labelBytes - 1] = (byte)((first + image) % (labelBytes == 1 ? 10 : 100));
        }

        return records;
    }

    /// <summary>The six files of CIFAR-10, three images each.</summary>
    public static Dictionary<string, byte[]> Ten() => new()
    {
        ["data_batch_1.bin"] = Records(3, 0, 1, 1),
        ["data_batch_2.bin"] = Records(3, 3, 1, 2),
        ["data_batch_3.bin"] = Records(3, 6, 1, 3),
        ["data_batch_4.bin"] = Records(3, 9, 1, 4),
        ["data_batch_5.bin"] = Records(3, 2, 1, 5),
        ["test_batch.bin"] = Records(3, 5, 1, 6),
    };

    /// <summary>The two files of CIFAR-100.</summary>
    public static Dictionary<string, byte[]> Hundred() => new() { ["train.bin"] = Records(5, 90, 2, 1), ["test.bin"] = Records(2, 42, 2, 2) };

    /// <summary>A .tar.gz of files in a folder, with a text file among them as the published archives have.</summary>
    public static byte[] Archive(string folder, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder + "/"));
            foreach (var (name, bytes) in files.Append(new("readme.html", "text"u8.ToArray())))
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{name}") { DataStream = new MemoryStream(bytes) });
            }
        }

        return IdxBytes.Compress(buffer.ToArray());
    }
}
