using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace SparseHybrid.Deploy.Session.Cuda;

/// <summary>
/// The libraries that a shared library asks the loader for. The loader's own message names only the first that it does not
/// find; a user wants to know all of them at once.
/// </summary>
internal static partial class SharedLibrary
{
    private const int LoadNow = 2; // RTLD_NOW
    private const uint DynamicSegment = 2; // PT_DYNAMIC
    private const uint LoadedSegment = 1; // PT_LOAD
    private const long Needed = 1; // DT_NEEDED
    private const long StringTable = 5; // DT_STRTAB

    /// <summary>The names that an ELF file of 64 bits, little-endian, asks for; empty for any other file.</summary>
    /// <remarks>System V ABI, generic edition, chapter 5: program header, dynamic section.</remarks>
    public static IReadOnlyList<string> NeededBy(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return new ElfFile(file).Needed();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            return []; // no ELF file, or a damaged one: the loader's message is what there is to say
        }
    }

    /// <summary>Those of the names that the loader does not find, or that do not load.</summary>
    public static IReadOnlyList<string> MissingAmong(IEnumerable<string> names)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        LastError(); // .NET looks dlerror itself up at its first call, which would forget the error asked for
        return [.. names.Where(name => !Loads(name))];
    }

    private static bool Loads(string name)
    {
        if (Open(name, LoadNow) is not 0 and var handle)
        {
            Close(handle);
            return true;
        }

        // It may be there and want another one that is not: that one is then in its user's list as well, or in the message.
        return !(Marshal.PtrToStringUTF8(LastError()) ?? "").StartsWith($"{name}:", StringComparison.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string name, int flags);

    [LibraryImport("libc", EntryPoint = "dlclose")]
    private static partial int Close(nint handle);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint LastError();

    private sealed class ElfFile(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        public IReadOnlyList<string> Needed()
        {
            var header = Read(0, 64);
            if (BinaryPrimitives.ReadUInt32BigEndian(header) != 0x7F454C46 || header[4] != 2 || header[5] != 1)
            {
                return [];
            }

            var segments = Segments(header);
            if (segments.Find(segment => segment.Kind == DynamicSegment) is not { } dynamic)
            {
                return [];
            }

            var entries = Entries(dynamic);
            var table = entries.Where(entry => entry.Tag == StringTable).Select(entry => FileOffset(segments, entry.Value)).FirstOrDefault(-1);
            return table < 0 ? [] : [.. entries.Where(entry => entry.Tag == SharedLibrary.Needed).Select(entry => Text(table + entry.Value))];
        }

        private List<Segment> Segments(byte[] header)
        {
            var start = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32));
            var (size, count) = (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(54)), BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56)));
            return [.. Enumerable.Range(0, count).Select(index => Segment.Of(Read(start + index * size, 56)))];
        }

        private List<(long Tag, long Value)> Entries(Segment dynamic)
        {
            var bytes = Read(dynamic.Offset, checked((int)Math.Min(dynamic.Bytes, 1 << 20)));
            return
            [
                .. bytes.Chunk(16).Where(entry => entry.Length == 16)
                    .Select(entry => (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(8)))),
            ];
        }

        private static long FileOffset(IEnumerable<Segment> segments, long address) => segments
            .Where(segment => segment.Kind == LoadedSegment && address >= segment.Address && address < segment.Address + segment.Bytes)
            .Select(segment => address - segment.Address + segment.Offset).FirstOrDefault(-1);

        private string Text(long offset)
        {
            var bytes = Read(offset, 256, exactly: false);
            return Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Max(0, Array.IndexOf(bytes, (byte)0))));
        }

        private byte[] Read(long offset, int count, bool exactly = true)
        {
            var bytes = new byte[count];
            return RandomAccess.Read(file, bytes, offset) == count || !exactly ? bytes : throw new EndOfStreamException();
        }
    }

    private sealed record Segment(uint Kind, long Offset, long Address, long Bytes)
    {
        public static Segment Of(byte[] header) => new(
            BinaryPrimitives.ReadUInt32LittleEndian(header),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8)),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)));
    }
}
