using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>The networks that can be named.</summary>
public static class ModelCatalog
{
    private static readonly Entry[] Entries =
    [
        new("lenet-300-100", LeNet.ThreeHundredOneHundred, TakesFeatures: true),
        new("lenet-5", LeNet.Five, LeastImage: 16),
        new("mlp", Perceptron.Create, TakesFeatures: true, HasHiddenWidths: true),
        new("small-vgg", Vgg.Small, LeastImage: 4, HasWidth: true),
        new("vgg-16", Vgg.Sixteen, LeastImage: 16, HasWidth: true),
        new("vgg-19", Vgg.Nineteen, LeastImage: 16, HasWidth: true),
        new("resnet-18", ResNet.Eighteen, LeastImage: 8, HasWidth: true),
        new("resnet-20", description => ResNet.OfDepth(20, description), LeastImage: 4, HasWidth: true),
        new("resnet-32", description => ResNet.OfDepth(32, description), LeastImage: 4, HasWidth: true),
        new("resnet-56", description => ResNet.OfDepth(56, description), LeastImage: 4, HasWidth: true),
        new("densenet-40-12", DenseNet.FortyTwelve, LeastImage: 4, HasWidth: true),
        new("mobilenet-v1", MobileNet.VersionOne, LeastImage: 16, HasWidth: true),
    ];

    /// <summary>Every name that <see cref="Create(ModelDescription)"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>
    /// Builds a network in its published size, with random weights from libtorch's generator (seed it first with
    /// <c>torch.manual_seed</c>). Its layers have names, and its outputs are logits [B, classes]. The caller owns it.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="inputShape">Shape of one image: [channels, height, width]; for lenet-300-100 and mlp also [features].</param>
    /// <exception cref="ArgumentException">The name is unknown, or the shape does not fit the network.</exception>
    public static Module<torch.Tensor, torch.Tensor> Create(string name, int classes, long[] inputShape) =>
        Create(new ModelDescription(name, classes, inputShape));

    /// <summary>As <see cref="Create(string, int, long[])"/>, in the sizes that the description sets.</summary>
    /// <param name="description">What to build.</param>
    /// <exception cref="ArgumentException">The name is unknown, a setting is out of range or not one of the network's, or the shape does not fit.</exception>
    public static Module<torch.Tensor, torch.Tensor> Create(ModelDescription description)
    {
        Check(description);
        return Find(description.Name).Create(description);
    }

    /// <exception cref="ArgumentException">The name is unknown; the message lists those that are known.</exception>
    public static void CheckName(string name) => Find(name);

    /// <summary>Checks everything that <see cref="Create(ModelDescription)"/> checks, without building the network.</summary>
    /// <param name="description">What could be built.</param>
    /// <exception cref="ArgumentException">As <see cref="Create(ModelDescription)"/> throws.</exception>
    public static void Check(ModelDescription description)
    {
        CheckSettings(description.Name, description.Settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(description.Classes, 2);
        var entry = Find(description.Name);
        if (entry.TakesFeatures && description.InputShape is [>= 1])
        {
            return;
        }

        if (description.InputShape.Length != 3 || description.InputShape.Any(size => size < 1))
        {
            var others = Array.FindAll(Entries, entry => entry.TakesFeatures).Select(entry => entry.Name);
            throw new ArgumentException(
                $"The input shape must be [channels, height, width], or [features] for {string.Join(" and ", others)}; it is [{string.Join(", ", description.InputShape)}].");
        }

        var (least, height, width) = (entry.LeastImage, description.InputShape[1], description.InputShape[2]);
        if (height < least || width < least)
        {
            throw new ArgumentException($"{description.Name} needs images of at least {least} x {least}; these are {height} x {width}.");
        }
    }

    /// <summary>Checks name and settings before the data, and with it the input shape, is known.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">Chosen sizes.</param>
    /// <exception cref="ArgumentException">The name is unknown, or a setting is out of range or not one of the network's.</exception>
    public static void CheckSettings(string name, ModelSettings settings)
    {
        var entry = Find(name);
        settings.Validate();
        if (settings.HiddenWidths is not null && !entry.HasHiddenWidths)
        {
            throw Refusal(name, "hidden widths", other => other.HasHiddenWidths);
        }

        if (settings.Width != 1.0 && !entry.HasWidth)
        {
            throw Refusal(name, "width", other => other.HasWidth);
        }
    }

    private static Entry Find(string name) => Array.Find(Entries, entry => entry.Name == name)
        ?? throw new ArgumentException($"There is no model '{name}'; known are: {string.Join(", ", Names)}.", nameof(name));

    private static ArgumentException Refusal(string name, string setting, Predicate<Entry> hasSetting)
    {
        var others = Array.FindAll(Entries, hasSetting).Select(entry => entry.Name);
        return new ArgumentException($"The {setting} of {name} cannot be chosen; only of {string.Join(", ", others)}.");
    }

    // The least height and width of an image is what is still a pixel after every halving.
    private sealed record Entry(
        string Name,
        Func<ModelDescription, Module<torch.Tensor, torch.Tensor>> Create,
        long LeastImage = 1,
        bool TakesFeatures = false,
        bool HasHiddenWidths = false,
        bool HasWidth = false);
}
