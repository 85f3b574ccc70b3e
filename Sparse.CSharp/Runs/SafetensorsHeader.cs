using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SparseHybrid.Runs;

/// <summary>The JSON header of a safetensors file, read and written with every rule of the format checked.</summary>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Entries)
{
    /// <summary>The format's own limit.</summary>
    public const int LargestHeader = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>The header with the length before it, padded by spaces so that the first tensor lies on 8 bytes.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[8]);
        // Names such as "fc1.weight" and JSON in the metadata stay readable: quotes need no \u0022.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                WriteMetadata(json);
            }

            foreach (var entry in Entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - 8);
        return bytes;
    }

    /// <summary>Reads and checks the JSON part.</summary>
    /// <param name="json">The header without the length before it.</param>
    /// <param name="dataBytes">How many bytes follow the header in the file.</param>
    /// <exception cref="InvalidDataException">A rule of the format is broken; the message says which.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataBytes)
    {
        if (json.Length == 0 || json.Span[0] != '{')
        {
            throw new InvalidDataException("Its header does not begin with '{'.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var metadata = new Dictionary<string, string>();
            var entries = new List<SafetensorsEntry>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                {
                    metadata = property.Value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()
                        ?? throw new InvalidDataException($"Its metadata '{item.Name}' is not a text."));
                }
                else
                {
                    entries.Add(ParseEntry(property.Name, property.Value));
                }
            }

            CheckOffsets(entries, dataBytes);
            return new SafetensorsHeader(metadata, entries);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Its header is not valid: {error.Message}", error);
        }
    }

    private static SafetensorsEntry ParseEntry(string name, JsonElement value)
    {
        if (!value.TryGetProperty("dtype", out var dtype)
            || !value.TryGetProperty("shape", out var sizes)
            || !value.TryGetProperty("data_offsets", out var offsets))
        {
            throw new InvalidDataException($"Tensor '{name}' lacks dtype, shape or data_offsets.");
        }

        if (!SafetensorsEntry.TryParseType(dtype.GetString() ?? "", out var type))
        {
            throw new InvalidDataException($"Tensor '{name}' has the type {dtype.GetRawText()}, which this build does not know.");
        }

        long[] shape = [.. sizes.EnumerateArray().Select(size => size.GetInt64())];
        long[] range = [.. offsets.EnumerateArray().Select(offset => offset.GetInt64())];
        if (shape.Any(size => size < 0) || range.Length != 2 || range[0] < 0 || range[1] < range[0])
        {
            throw new InvalidDataException(
                $"Tensor '{name}' has the shape {sizes.GetRawText()} and the offsets {offsets.GetRawText()}, which cannot be.");
        }

        var length = range[1] - range[0];
        if (SafetensorsEntry.ByteLength(type, shape) != length)
        {
            throw new InvalidDataException(
                $"Tensor '{name}' of shape {sizes.GetRawText()} and type {dtype.GetString()} does not take the {length} bytes at its offsets.");
        }

        return new SafetensorsEntry(name, type, shape, range[0], range[1]);
    }

    /// <summary>The tensors must follow each other without gap or overlap and fill the rest of the file.</summary>
    private static void CheckOffsets(IEnumerable<SafetensorsEntry> entries, long dataBytes)
    {
        var position = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position)
            {
                var fault = entry.Begin < position ? "overlaps the tensor before it" : "leaves a gap before it";
                throw new InvalidDataException($"Tensor '{entry.Name}' begins at byte {entry.Begin}, where {position} is expected: it {fault}.");
            }

            position = entry.End;
        }

        if (position != dataBytes)
        {
            throw new InvalidDataException($"Its tensors take {position} bytes; {dataBytes} follow the header.");
        }
    }

    private void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in Metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", SafetensorsEntry.CodeOf(entry.Type));
        json.WriteStartArray("shape");
        foreach (var size in entry.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Begin);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
