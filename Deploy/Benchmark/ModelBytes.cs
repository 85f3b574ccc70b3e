using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>The bytes of a model on the disk.</summary>
internal static class ModelBytes
{
    private const string Location = "location"; // the key of ONNX's external data

    /// <summary>The file and the files beside it that its tensors lie in, each counted once.</summary>
    /// <param name="path">A model that ONNX Runtime has loaded.</param>
    public static long Of(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var stream = File.OpenRead(path);
        var others = ModelTensors.Dense(ModelProto.Parser.ParseFrom(stream))
            .SelectMany(tensor => tensor.ExternalData).Where(entry => entry.Key == Location)
            .Select(entry => Path.GetFullPath(Path.Combine(folder, entry.Value))).Distinct();
        return stream.Length + others.Select(name => new FileInfo(name)).Where(file => file.Exists).Sum(file => file.Length);
    }
}
