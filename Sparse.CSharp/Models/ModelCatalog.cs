using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>The networks that can be named.</summary>
public static class ModelCatalog
{
    private static readonly (string Name, Func<int, long[], Module<torch.Tensor, torch.Tensor>> Create)[] Models =
    [
        ("lenet-300-100", LeNet.ThreeHundredOneHundred),
        ("lenet-5", LeNet.Five),
    ];

    /// <summary>Every name that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Models.Select(model => model.Name)];

    /// <summary>
    /// Builds a network with random weights from libtorch's generator (seed it first with <c>torch.manual_seed</c>).
    /// Its layers have names, and its outputs are logits [B, classes]. The caller owns it.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="inputShape">Shape of one image: [channels, height, width].</param>
    /// <exception cref="ArgumentException">The name is unknown, or the shape does not fit the network.</exception>
    public static Module<torch.Tensor, torch.Tensor> Create(string name, int classes, long[] inputShape)
    {
        CheckName(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (inputShape.Length != 3 || inputShape.Any(size => size < 1))
        {
            throw new ArgumentException(
                $"The input shape must be [channels, height, width]; it is [{string.Join(", ", inputShape)}].", nameof(inputShape));
        }

        return Array.Find(Models, model => model.Name == name).Create(classes, inputShape);
    }

    /// <exception cref="ArgumentException">The name is unknown; the message lists those that are known.</exception>
    public static void CheckName(string name)
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException($"There is no model '{name}'; known are: {string.Join(", ", Names)}.", nameof(name));
        }
    }
}
