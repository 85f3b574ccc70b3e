using System.Globalization;
using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>
/// Reads the tensors that a model keeps in other files, into the model. What such a file is called comes from the model, which
/// may come from anyone: only files below the model's own folder are opened, and no more is read than they hold.
/// </summary>
internal sealed class ExternalTensors
{
    private readonly string modelPath;
    private readonly string folder;
    private readonly Dictionary<(string File, long Offset, long Length), ByteString> read = [];
    private readonly Dictionary<string, long> bytesRead = [];

    private ExternalTensors(string modelPath)
    {
        this.modelPath = modelPath;
        folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
    }

    /// <summary>Gives every tensor of a model, whose sizes have been checked, its data.</summary>
    /// <exception cref="ModelFileException">A file is missing, too short or not below the model's folder, or a place in it makes no sense.</exception>
    public static void Read(string path, ModelProto model)
    {
        var reader = new ExternalTensors(path);
        foreach (var tensor in ModelTensors.Dense(model).Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External))
        {
            tensor.RawData = reader.Data(tensor);
            tensor.ClearDataLocation();
            tensor.ExternalData.Clear();
        }
    }

    private ByteString Data(TensorProto tensor)
    {
        var file = FullPath(tensor);
        var (offset, length) = (Number(tensor, "offset") ?? 0, TensorSize.RawBytes(tensor)!.Value);
        if (Number(tensor, "length") is { } given && given != length)
        {
            throw Wrong(tensor, $"It is said to have {given} bytes; its shape and type ask for {length}.");
        }

        if (length > Array.MaxLength)
        {
            throw Wrong(tensor, $"It has {length} bytes; {Array.MaxLength} are the most that this reads.");
        }

        var place = (file, offset, length);
        if (!read.TryGetValue(place, out var data))
        {
            data = read[place] = ReadBytes(tensor, file, offset, (int)length);
        }
        return data;
    }

    private ByteString ReadBytes(TensorProto tensor, string file, long offset, int length)
    {
        try
        {
            var held = new FileInfo(file) is { Exists: true } info ? info.Length : throw Wrong(tensor, $"Its data should be in '{file}', which is not there.");
            if (offset > held - length)
            {
                throw Wrong(tensor, $"Its data should be the {length} bytes behind the first {offset} of '{file}', which has {held}.");
            }

            // Places that overlap could make a small file fill any memory.
            bytesRead[file] = bytesRead.GetValueOrDefault(file) + length;
            if (bytesRead[file] > held)
            {
                throw Wrong(tensor, $"The places that tensors have in '{file}' overlap.");
            }

            var bytes = new byte[length];
            using var handle = File.OpenHandle(file);
            for (var done = 0; done < length;)
            {
                var count = RandomAccess.Read(handle, bytes.AsSpan(done), offset + done);
                done += count > 0 ? count : throw new EndOfStreamException($"'{file}' became shorter while it was read.");
            }
            return UnsafeByteOperations.UnsafeWrap(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(modelPath, $"Cannot read the data of '{modelPath}'.", error.Message, "Check the permissions of its data file.", error);
        }
    }

    private string FullPath(TensorProto tensor)
    {
        var location = Value(tensor, "location");
        if (string.IsNullOrEmpty(location) || location.Contains('\0'))
        {
            throw Wrong(tensor, "Its data is in another file, and no file is named.");
        }

        if (Path.IsPathRooted(location) || location.Split('/', '\\').Contains(".."))
        {
            throw Wrong(
                tensor, $"Its data should be in '{location}', which is not below the model's own folder.",
                "Open models of people you trust only; put the data beside the model and save it again with a plain file name.");
        }

        return Path.Combine(folder, location);
    }

    private long? Number(TensorProto tensor, string key) => Value(tensor, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong(tensor, $"Its {key} is '{text}'; it must be a whole number of bytes, 0 or more.");

    private static string? Value(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private ModelFileException Wrong(TensorProto tensor, string why, string? fix = null) => new(
        modelPath, $"Cannot read tensor '{tensor.Name}' of '{modelPath}'.", why,
        fix ?? "Copy the model together with all of its data files, or export it again.");
}
