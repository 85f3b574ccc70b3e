using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Runs;

/// <summary>samples/pytorch_weights.py moves every type between safetensors and PyTorch's own files.</summary>
public sealed class PyTorchFilesTests : IDisposable
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "PyTorchComparison", "pytorch_weights.py");

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [PythonTorchFact]
    public void Every_bit_of_every_type_moves_to_PyTorch_and_back()
    {
        var tensors = EveryType();
        Safetensors.Write(folder.File("ours.safetensors"), tensors, new Dictionary<string, string> { ["model"] = "mine" });

        PythonTorchFactAttribute.Run(Sample, folder.File("ours.safetensors"), folder.File("theirs.pt"));
        PythonTorchFactAttribute.Run(Sample, folder.File("theirs.pt"), folder.File("back.safetensors"));

        using var back = Safetensors.Read(folder.File("back.safetensors"));
        Assert.Equal(Bits(tensors), Bits(back.Tensors));
    }

    private static Dictionary<string, torch.Tensor> EveryType()
    {
        var values = torch.tensor([0f, -0f, 1.5f, float.NaN, float.PositiveInfinity, float.Epsilon]).reshape(2, 3);
        var numbers = torch.tensor([0L, 1L, 127L]);
        torch.ScalarType[] floats = [torch.ScalarType.Float64, torch.ScalarType.Float32, torch.ScalarType.Float16, torch.ScalarType.BFloat16];
        torch.ScalarType[] integers =
            [torch.ScalarType.Int64, torch.ScalarType.Int32, torch.ScalarType.Int16, torch.ScalarType.Int8, torch.ScalarType.Byte, torch.ScalarType.Bool];
        var tensors = new Dictionary<string, torch.Tensor> { ["empty"] = torch.zeros([0, 3]), ["scalar"] = torch.tensor(7L) };
        foreach (var (type, source) in floats.Select(type => (type, values)).Concat(integers.Select(type => (type, numbers))))
        {
            tensors.Add($"{type}", source.to(type));
        }

        return tensors;
    }

    private static IEnumerable<string> Bits(IReadOnlyDictionary<string, torch.Tensor> tensors) => tensors
        .Select(item => $"{item.Key} {item.Value.dtype} [{string.Join(", ", item.Value.shape)}] {Convert.ToHexString(TensorBits.Of(item.Value))}")
        .Order();
}
