using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>The bytes of a model on the disk.</summary>
internal static class ModelBytes
{
    private const string Location = "location"; // the key of ONNX's external data

    /// <summary>The file and the files beside it that its tensors lie in, each counted once.</summary>
    public static long Of(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var others = ExternalFiles(ModelFile.Load(path).Graph).Distinct().Select(name => new FileInfo(Path.Combine(folder, name)));
        return new FileInfo(path).Length + others.Where(file => file.Exists).Sum(file => file.Length);
    }

    private static IEnumerable<string> ExternalFiles(GraphProto graph)
    {
        var within = graph.Node.SelectMany(node => node.Attribute).SelectMany(attribute => attribute.Graphs.Append(attribute.G)).OfType<GraphProto>();
        var sparse = graph.SparseInitializer.SelectMany(tensor => new[] { tensor.Values, tensor.Indices });
        return graph.Initializer.Concat(sparse)
            .SelectMany(tensor => tensor.ExternalData).Where(entry => entry.Key == Location).Select(entry => entry.Value)
            .Concat(within.SelectMany(ExternalFiles));
    }
}
