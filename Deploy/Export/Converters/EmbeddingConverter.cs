using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Embedding as Gather: rows of the weight by their numbers.</summary>
internal static class EmbeddingConverter
{
    public static GraphValue Convert(Embedding module, ModuleSite site, GraphValue input) => input == site.Graph.Input && site.Graph.TakesIntegers
        ? site.Graph.Append(
            "Gather", site.Path.Length > 0 ? site.Path : "Gather", [site.Tensor("weight", module.weight!), input.Name],
            [.. input.Shape, module.weight!.shape[1]], Protos.Attribute("axis", 0))
        : throw site.Refusal("it takes whole numbers, and float32 reaches it.", "Make it the first module, and export with the input type Int64.");
}
