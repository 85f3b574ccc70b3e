using System.Runtime.InteropServices;
using Google.Protobuf;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Models;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Every network of the catalogue in its published size, exported after a step of training, with what libtorch computes.</summary>
public sealed class CatalogExports : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, CatalogExport> exports = [];

    public CatalogExports()
    {
        using var scope = NewDisposeScope();
        foreach (var name in ModelCatalog.Names)
        {
            exports[name] = Export(name);
        }
    }

    /// <summary>The sizes of the batches that libtorch has computed.</summary>
    public static IReadOnlyList<int> Batches { get; } = [1, 3, 64];

    /// <summary>The models, NAME.onnx, and nothing else.</summary>
    internal TemporaryFolder Models => folder;

    public CatalogExport this[string name] => exports[name];

    public void Dispose() => folder.Dispose();

    private CatalogExport Export(string name)
    {
        long[] shape = name is "mlp" or "lenet-300-100" or "lenet-5" ? [1, 28, 28] : [3, 32, 32];
        var description = new ModelDescription(name, 10, shape);
        manual_seed(1);
        using var model = ModelCatalog.Create(description);
        Train(model, shape);
        var bytes = OnnxExporter.Export(model, shape).ToByteArray();
        using var again = ModelCatalog.Create(description);
        again.load_state_dict(model.state_dict());
        var batches = Batches.ToDictionary(batch => batch, batch => Compute(model, shape, batch));
        return new CatalogExport(
            folder.Write($"{name}.onnx", bytes), shape, bytes.AsSpan().SequenceEqual(OnnxExporter.Export(again, shape).ToByteArray()), [.. model.state_dict().Keys], batches);
    }

    private static void Train(nn.Module<Tensor, Tensor> model, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD(model.parameters(), 0.01);
        nn.functional.cross_entropy(model.call(randn([8, .. shape])), randint(0, 10, [8], int64)).backward();
        optimizer.step();
        model.eval();
    }

    private static (float[] Input, float[] Output) Compute(nn.Module<Tensor, Tensor> model, long[] shape, int batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var input = randn([batch, .. shape]);
        return (Floats(input), Floats(model.call(input).contiguous()));

        static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes).ToArray();
    }
}

/// <summary>One network, exported.</summary>
/// <param name="Path">The model.</param>
/// <param name="InputShape">The shape of one sample.</param>
/// <param name="IsRepeatable">Whether another network with the same weights gave the same bytes.</param>
/// <param name="StateNames">The names of its state_dict.</param>
/// <param name="Batches">Per size of a batch an input, and what libtorch makes of it.</param>
public sealed record CatalogExport(
    string Path, long[] InputShape, bool IsRepeatable, IReadOnlyList<string> StateNames, IReadOnlyDictionary<int, (float[] Input, float[] Output)> Batches);
