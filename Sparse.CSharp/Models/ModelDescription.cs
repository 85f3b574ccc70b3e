namespace SparseHybrid.Models;

/// <summary>A network that can be built again.</summary>
/// <param name="Name">Its name in <see cref="ModelCatalog"/>.</param>
/// <param name="Classes">Number of classes, at least 2.</param>
/// <param name="InputShape">Shape of one input: [channels, height, width]; [features] for networks of linear layers.</param>
public sealed record ModelDescription(string Name, int Classes, long[] InputShape)
{
    /// <summary>Sizes that may be chosen. Default: those that the network was published with.</summary>
    public ModelSettings Settings { get; init; } = new();
}
