using SparseHybrid.Optimizers;

namespace SparseHybrid.Data;

/// <summary>Where the channels of images [N, ?, ?, ?] are.</summary>
public enum ImageLayout
{
    /// <summary>Where the shape leaves no doubt: a dimension of 1, 3 or 4 at one end and not at the other.</summary>
    Auto,

    /// <summary>[N, C, H, W], as PyTorch has them.</summary>
    ChannelsFirst,

    /// <summary>[N, H, W, C], as Keras has them.</summary>
    ChannelsLast,
}

/// <summary>How arrays of the user's own are named and laid out. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record NumpyOptions
{
    /// <summary>Array of the inputs to learn from. Default x_train, as Keras names it.</summary>
    public string TrainingInputs { get; init; } = "x_train";

    /// <summary>Array of their classes. Default y_train.</summary>
    public string TrainingLabels { get; init; } = "y_train";

    /// <summary>Array of the inputs to judge by. Default x_test.</summary>
    public string TestInputs { get; init; } = "x_test";

    /// <summary>Array of their classes. Default y_test.</summary>
    public string TestLabels { get; init; } = "y_test";

    /// <summary>Where the channels of arrays of four dimensions are. Default where the shape leaves no doubt.</summary>
    public ImageLayout Layout { get; init; } = ImageLayout.Auto;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            Name(nameof(TrainingInputs), TrainingInputs),
            Name(nameof(TrainingLabels), TrainingLabels),
            Name(nameof(TestInputs), TestInputs),
            Name(nameof(TestLabels), TestLabels),
            Enum.IsDefined(Layout) ? null : new SettingProblem(nameof(Layout), $"{Layout}", "auto, channels-first or channels-last"),
        ],
        "The settings of the NumPy arrays are out of range");

    private static SettingProblem? Name(string setting, string name) =>
        string.IsNullOrWhiteSpace(name) || name.Contains('/') ? new SettingProblem(setting, $"'{name}'", "the name of an array") : null;
}
