using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Export;

/// <summary>Tensors of a model in a file beside it, as ONNX's external data: one Protobuf message ends at 2 GB.</summary>
internal static class ExternalData
{
    private const int Alignment = 4096; // a page, so that a reader can map each tensor into memory
    private const int LeastBytes = 1024; // smaller tensors stay in the model

    /// <summary>The bytes that the tensors of a model take.</summary>
    public static long TensorBytes(ModelProto model) => model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);

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
