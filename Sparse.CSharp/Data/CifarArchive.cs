using System.Formats.Tar;
using System.IO.Compression;

namespace SparseHybrid.Data;

/// <summary>Reads the .bin files of CIFAR out of the .tar.gz that they are published in, without unpacking it to the disk.</summary>
internal static class CifarArchive
{
    /// <summary>Reads some files of the archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">Names of the files, in the order in which they are given back.</param>
    /// <param name="format">The layout of an image.</param>
    /// <exception cref="DataException">The archive is unreadable or damaged, or a file is missing or damaged.</exception>
    public static IReadOnlyList<CifarRecords> Read(string path, IReadOnlyList<string> wanted, CifarFormat format)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            using var content = new CountingStream(gzip);
            var found = ReadEntries(path, content, wanted, format);
            // Whatever follows is read too: at the end gzip compares its checksum.
            content.CopyTo(Stream.Null);
            GzipEnd.Check(file, content.BytesRead);
            return [.. wanted.Select(name => found.TryGetValue(name, out var records) ? records : throw Damaged(path, $"It holds no {name}."))];
        }
        // The reader of archives throws several kinds on archives that make no sense.
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException)
        {
            throw Damaged(path, ErrorText(error), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static Dictionary<string, CifarRecords> ReadEntries(string path, Stream content, IReadOnlyList<string> wanted, CifarFormat format)
    {
        var found = new Dictionary<string, CifarRecords>();
        using var archive = new TarReader(content, leaveOpen: true);
        while (archive.GetNextEntry() is { } entry)
        {
            var name = Path.GetFileName(entry.Name);
            if (entry.DataStream is { } data && wanted.Contains(name) && !found.ContainsKey(name))
            {
                found.Add(name, CifarRecords.Read($"{path}/{name}", data, entry.Length, format));
            }
        }

        return found;
    }

    private static string ErrorText(Exception error) => error is InvalidDataException ? error.Message : $"It makes no sense as an archive ({error.Message})";

    private static DataException Damaged(string path, string why, Exception? inner = null) =>
        new(path, $"'{path}' is not a valid .tar.gz of CIFAR's binary version.", why, "Fetch the file again from where it came from.", inner);

    /// <summary>Counts what is read through it.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            BytesRead += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
