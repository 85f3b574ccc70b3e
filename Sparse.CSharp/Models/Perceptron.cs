using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>The multilayer perceptron: linear layers with ReLU between them, over the flattened image.</summary>
/// <remarks>
/// Its layers are fc1, relu1, fc2, relu2, ... Initialisation is libtorch's default: uniform within 1 / sqrt(fan-in). The
/// caller owns the module.
/// </remarks>
internal static class Perceptron
{
    public static Module<torch.Tensor, torch.Tensor> Create(ModelDescription description)
    {
        var inputs = description.InputShape.Aggregate(1L, (product, size) => product * size);
        var hidden = description.Settings.HiddenWidths ?? [300, 100];
        var layers = new List<(string, Module<torch.Tensor, torch.Tensor>)> { ("flatten", Flatten()) };
        foreach (var units in hidden)
        {
            var index = 1 + layers.Count / 2;
            layers.Add(($"fc{index}", Linear(inputs, units)));
            layers.Add(($"relu{index}", ReLU(inplace: true)));
            inputs = units;
        }

        layers.Add(($"fc{hidden.Count + 1}", Linear(inputs, description.Classes)));
        return Sequential(layers);
    }
}
