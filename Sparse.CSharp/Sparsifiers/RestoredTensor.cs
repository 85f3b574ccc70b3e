using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>Looks up what a checkpoint must hold.</summary>
internal static class RestoredTensor
{
    /// <exception cref="ArgumentException">There is no tensor of this name.</exception>
    public static torch.Tensor Find(IReadOnlyDictionary<string, torch.Tensor> tensors, string name) =>
        tensors.TryGetValue(name, out var tensor) ? tensor : throw new ArgumentException($"The sparsifier's state lacks '{name}'.", nameof(tensors));
}
