using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Configuration;
using SparseHybrid.Models;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say which network, in which sizes.</summary>
internal sealed class ModelOptions
{
    private readonly Setting<string> model = Settings.Choice(
        "--model", "lenet-300-100", $"Network: {Words.Alternatives(ModelCatalog.Names)}. Default: lenet-300-100.", ModelCatalog.Names, "MODEL");

    private readonly Setting<int[]?> hidden = Settings.Widths(
        "--hidden", "Units of each hidden layer of --model mlp, first layer first, joined by -. Default: 300-100.");

    private readonly Setting<double> width = Settings.Real(
        "--width",
        1,
        "Multiplier of the channels of a convolutional network (lenet-5 has fixed ones), above 0. Default: 1.",
        value => value is > 0 and <= 64,
        "a number above 0, at most 64");

    public IReadOnlyList<Option> All => [model, hidden, width];

    public string Name(ParseResult result) => model.Read(result);

    /// <summary>The settings with those in place of them that the command line gives.</summary>
    /// <exception cref="UsageException">The network does not have the sizes.</exception>
    public TrainingConfiguration Apply(ParseResult result, TrainingConfiguration configuration)
    {
        var name = model.Over(result, configuration.Model);
        return configuration with { Model = name, ModelSettings = Sizes(result, name, configuration.ModelSettings) };
    }

    private ModelSettings Sizes(ParseResult result, string name, ModelSettings present)
    {
        var settings = present with { HiddenWidths = hidden.IsGiven(result) ? hidden.Read(result) : present.HiddenWidths, Width = width.Over(result, present.Width) };
        try
        {
            ModelCatalog.CheckSettings(name, settings);
            return settings;
        }
        catch (ArgumentException error)
        {
            var given = string.Join(' ', hidden.Given(result), width.Given(result)).Trim();
            throw new UsageException(
                $"{(given.Length > 0 ? given : "modelSettings")} does not go with --model {name}. {error.Message}", "Leave it out, or choose another --model.");
        }
    }

    /// <summary>The network for images of a shape, which it is known to fit.</summary>
    /// <exception cref="UsageException">The network does not have the sizes, or the images do not fit it.</exception>
    public ModelDescription Describe(ParseResult result, int classes, long[] inputShape)
    {
        var description = new ModelDescription(Name(result), classes, inputShape) { Settings = Sizes(result, Name(result), new ModelSettings()) };
        try
        {
            ModelCatalog.Check(description);
            return description;
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, "Give --input other sizes, or choose another --model.");
        }
    }
}
