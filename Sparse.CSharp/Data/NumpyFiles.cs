using System.IO.Compression;

namespace SparseHybrid.Data;

/// <summary>Arrays by name: out of a .npz file, or out of a folder of .npy files.</summary>
internal static class NumpyFiles
{
    private const string Suffix = ".npy";

    // Deflate never compresses better than 1032 to 1, so an entry that claims more is wrong.
    private const long LargestCompressionRatio = 1032;

    /// <summary>Reads one array.</summary>
    /// <param name="place">A .npz file, or a folder of .npy files.</param>
    /// <param name="name">Name of the array.</param>
    /// <exception cref="DataException">There is no such array, or it is damaged.</exception>
    public static NpyArray Read(string place, string name)
    {
        var path = Directory.Exists(place) ? Path.Combine(place, name + Suffix) : $"{place}/{name}";
        return Guarded(place, path, () =>
        {
            if (!Directory.Exists(place))
            {
                return ReadFromArchive(place, name, path);
            }

            return File.Exists(path)
                ? ReadFile(path)
                : throw Missing(place, name, Directory.EnumerateFiles(place, "*" + Suffix).Select(Path.GetFileNameWithoutExtension)!);
        });
    }

    /// <summary>Reads every array of a .npz file, or the one of a .npy file, which gets the name of the file.</summary>
    /// <exception cref="DataException">There is no such file, or it is damaged.</exception>
    public static IReadOnlyDictionary<string, NpyArray> ReadAll(string path) => Guarded(path, path, () =>
    {
        if (Path.GetExtension(path) == Suffix)
        {
            return new Dictionary<string, NpyArray> { [Path.GetFileNameWithoutExtension(path)] = ReadFile(path) };
        }

        using var archive = ZipFile.OpenRead(path);
        var names = archive.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(Suffix, StringComparison.Ordinal));
        return names.Select(name => name[..^Suffix.Length]).Distinct().ToDictionary(name => name, name => ReadFromArchive(path, name, $"{path}/{name}"));
    });

    private static T Guarded<T>(string place, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(place, $"Cannot read '{place}'.", "There is no such file or folder.", "Name a .npz file, or a folder of .npy files.", error);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new DataException(path, $"'{path}' is not a valid NumPy array.", error.Message, "Save the array again with numpy.savez or numpy.save.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static NpyArray ReadFile(string path)
    {
        using var file = new BufferedStream(File.OpenRead(path), 1 << 16);
        return NpyArray.Read(path, file, file.Length);
    }

    private static NpyArray ReadFromArchive(string place, string name, string path)
    {
        using var file = File.OpenRead(place);
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        var entry = archive.GetEntry(name + Suffix)
            ?? throw Missing(place, name, archive.Entries.Where(entry => entry.Name.EndsWith(Suffix, StringComparison.Ordinal)).Select(entry => Path.GetFileNameWithoutExtension(entry.Name)));
        using var content = new Crc32Stream(entry.Open());
        var array = NpyArray.Read(path, content, Math.Min(entry.CompressedLength, file.Length) * LargestCompressionRatio);
        return content.Checksum == entry.Crc32
            ? array
            : throw new InvalidDataException($"Its checksum is {content.Checksum:x8}; the archive says {entry.Crc32:x8}.");
    }

    private static DataException Missing(string place, string name, IEnumerable<string> names)
    {
        var found = names.ToList();
        return new DataException(
            place,
            what: $"'{place}' has no array '{name}'.",
            why: found.Count == 0 ? "It has no array at all." : $"It has {string.Join(", ", found)}.",
            fix: "Save it with numpy.savez(file, x_train=..., y_train=..., x_test=..., y_test=...), or name the four arrays (--data-arrays).");
    }
}
