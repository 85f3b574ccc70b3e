using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>What a safetensors file holds. Owns its tensors: dispose it.</summary>
/// <param name="Tensors">The tensors by name, on the CPU.</param>
/// <param name="Metadata">The texts of the header by name; empty when it has none.</param>
public sealed record SafetensorsContents(IReadOnlyDictionary<string, torch.Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
    : IDisposable
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
