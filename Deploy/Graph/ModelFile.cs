using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Reads ONNX files. Everything that can be wrong with one ends in a <see cref="ModelFileException"/>.</summary>
public static class ModelFile
{
    private const long LargestProtobuf = int.MaxValue;
    private const int DeepestNesting = 100; // subgraphs within subgraphs; Protobuf's own default

    /// <summary>Parses an ONNX file, checks that it holds a graph whose tensors are complete, and reads those that lie in other files.</summary>
    /// <returns>A model that has all of its data.</returns>
    /// <exception cref="ModelFileException">
    /// Missing, a folder, empty, truncated, too large, not an ONNX model, of an unknown operator set, or with tensors that are not
    /// what they say, here or in the files that they name.
    /// </exception>
    public static ModelProto Load(string path)
    {
        CheckIsReadableFile(path);
        ModelProto model;
        try
        {
            using var stream = File.OpenRead(path);
            using var input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, DeepestNesting);
            model = ModelProto.Parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException exception)
        {
            var isCut = exception.Message.Contains("ended unexpectedly", StringComparison.Ordinal);
            throw NotOnnx(path, isCut ? "It ends in the middle: it is cut short or damaged." : exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(
                path, $"Cannot read '{path}'.", exception.Message, "Check the file's permissions.", exception);
        }
        ModelChecks.CheckHoldsGraph(path, model);
        ModelChecks.CheckOperatorSets(path, model);
        ModelChecks.CheckTensors(path, model);
        ExternalTensors.Read(path, model);
        ModelChecks.CheckSparseTensors(path, model);
        return model;
    }

    /// <summary>The model's bytes; the same model gives the same bytes.</summary>
    public static byte[] ToBytes(ModelProto model) => model.ToByteArray();

    /// <summary>The length of a model file, after the checks that need no parsing.</summary>
    /// <exception cref="ModelFileException">Missing, a folder, empty or above 2 GB.</exception>
    internal static long CheckIsReadableFile(string path)
    {
        const string giveAFile = "Give the path of an .onnx file.";
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ModelFileException(path, "Cannot read a model.", "The path is empty.", giveAFile);
        }

        if (Directory.Exists(path))
        {
            throw new ModelFileException(path, $"Cannot read '{path}' as a model.", "It is a folder.", giveAFile);
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new ModelFileException(path, $"There is no model '{path}'.", "The file does not exist.", giveAFile);
        }

        if (file.Length == 0)
        {
            throw new ModelFileException(path, $"Cannot read '{path}' as a model.", "The file is empty.", "Export or copy it again.");
        }

        if (file.Length > LargestProtobuf)
        {
            throw new ModelFileException(
                path,
                $"Cannot read '{path}' as a model.",
                $"It has {file.Length} bytes; one ONNX file holds at most {LargestProtobuf}.",
                "Save it with its weights as external data.");
        }
        return file.Length;
    }

    /// <summary>The error of a file whose contents are not a model.</summary>
    internal static ModelFileException NotOnnx(string path, string why, Exception? inner = null) =>
        new(path, $"'{path}' is not a readable ONNX model.", why, "Check that it is an .onnx file and complete; export or copy it again.", inner);
}
