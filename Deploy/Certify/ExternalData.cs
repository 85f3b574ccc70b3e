using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Certify;

/// <summary>Tensors of a model in a file beside it, as ONNX's external data: one Protobuf message ends at 2 GB.</summary>
internal static class ExternalData
{
    private const int Alignment = 4096; // a page, so that a reader can map each tensor into memory
    private const int LeastBytes = 1024; // smaller tensors stay in the model

    /// <summary>The bytes that the tensors of a model take.</summary>
    public static long TensorBytes(ModelProto model) => model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);

    /// <summary>Whether there is a model that keeps tensors in a file of this name beside it, and that file.</summary>
    public static bool IsUsedBy(string modelPath, string location)
    {
        if (!File.Exists(modelPath) || !File.Exists(Path.Combine(Path.GetDirectoryName(modelPath)!, location)))
        {
            return false;
        }

        try
        {
            using var stream = File.OpenRead(modelPath);
            return ModelTensors.Dense(ModelProto.Parser.ParseFrom(stream))
                .Any(tensor => tensor.ExternalData.Any(entry => entry.Key == "location" && entry.Value == location));
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or IOException or UnauthorizedAccessException)
        {
            return false; // whatever it is, it refers to nothing
        }
    }

    /// <summary>Writes the tensors one behind the other.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="location">The name of the file that the stream writes, which lies beside that of the model.</param>
    /// <param name="stream">Written from its start.</param>
    /// <returns>The model with places in that file instead of the tensors.</returns>
    public static ModelProto Write(ModelProto model, string location, Stream stream)
    {
        var light = model.Clone(); // shares the bytes of the tensors
        foreach (var tensor in light.Graph.Initializer.Where(tensor => tensor.RawData.Length >= LeastBytes))
        {
            stream.Write(new byte[(Alignment - stream.Position % Alignment) % Alignment]);
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{stream.Position}" });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{tensor.RawData.Length}" });
            stream.Write(tensor.RawData.Span);
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            tensor.ClearRawData();
        }

        return light;
    }
}
