using TorchSharp;

namespace SparseHybrid.Tests.Support;

/// <summary>Tensors by their bits: NaN equals NaN, and 0 differs from -0.</summary>
public static class TensorBits
{
    public static byte[] Of(torch.Tensor tensor)
    {
        using var plain = tensor.detach().contiguous();
        return plain.numel() == 0 ? [] : plain.bytes.ToArray();
    }

    /// <summary>All parameters of a network in one text.</summary>
    public static string Of(torch.nn.Module model) =>
        string.Join('\n', model.named_parameters().Select(item => $"{item.Item1} {Convert.ToHexString(Of(item.Item2))}"));
}
