using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Configuration;
using SparseHybrid.Data;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say which data, and where they are.</summary>
internal sealed class DataOptions
{
    private readonly Setting<string> data = Settings.Choice(
        "--data", "fashion-mnist", "Data set. Default: fashion-mnist.", ImageDatasets.Names);

    private readonly Setting<string?> dataFolder = Settings.Place(
        "--data-folder",
        "FOLDER",
        Installation.InText(
            "Folder of the data set's files, as published or unpacked; for numpy a folder of .npy files. "
            + $"Default: where './sparse data list' finds it, for fashion-mnist also {ImageDatasets.FashionMnistFolder}."));

    private readonly Setting<string?> dataFile = Settings.Place(
        "--data-file", "FILE", "The .npz file of --data numpy. Default: none; --data-folder may name a folder of .npy files instead.");

    private readonly Setting<string> dataArrays = new(
        "--data-arrays",
        "x_train,y_train,x_test,y_test",
        "Names of the arrays of --data numpy: training inputs, their labels, test inputs, their labels. Default: x_train,y_train,x_test,y_test.",
        token => token.Split(',') is { Length: 4 } names && names.All(name => name.Length > 0 && !name.Contains('/'))
            ? (token, null)
            : (token, "it must be four names joined by commas"))
    {
        HelpName = "NAMES",
    };

    private readonly Setting<ImageLayout> dataChannels = Settings.Choice(
        "--data-channels",
        ImageLayout.Auto,
        "Where images of --data numpy have their channels: [N, C, H, W] or [N, H, W, C]. Default: auto, where the shape leaves no doubt.",
        ("auto", ImageLayout.Auto),
        ("first", ImageLayout.ChannelsFirst),
        ("last", ImageLayout.ChannelsLast));

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [data, dataFolder, dataFile, dataArrays, dataChannels];

    /// <summary>--data-folder alone, for the demonstration.</summary>
    public Option Folder => dataFolder;

    /// <summary>The settings with those in place of them that the command line gives.</summary>
    /// <exception cref="UsageException">The data set needs a folder and none was given, or options do not go together.</exception>
    public TrainingConfiguration Apply(ParseResult result, TrainingConfiguration configuration)
    {
        var name = data.Over(result, configuration.Data);
        return name == NumpyDataset.Name
            ? configuration with { Data = name, DataFolder = PlaceOfArrays(result, configuration), Numpy = Arrays(result, configuration.Numpy ?? new()) }
            : configuration with { Data = name, DataFolder = Place(result, name, configuration), Numpy = null };
    }

    private string PlaceOfArrays(ParseResult result, TrainingConfiguration configuration) =>
        dataFile.Read(result) ?? dataFolder.Read(result) ?? configuration.DataFolder
            ?? throw new UsageException("--data numpy needs --data-file.", "Name a .npz file, or with --data-folder a folder of .npy files.");

    private string Place(ParseResult result, string name, TrainingConfiguration configuration)
    {
        Option[] ofNumpy = [dataFile, dataArrays, dataChannels];
        if (Array.Find(ofNumpy, option => result.GetResult(option) is not null) is { } stray)
        {
            throw new UsageException($"{stray.Name} goes with --data numpy, not with --data {name}.", "Leave one of them out.");
        }

        // The folder of a file of settings is that of its own data set.
        var ofFile = name == configuration.Data ? configuration.DataFolder : null;
        return dataFolder.Read(result) ?? ofFile ?? ImageDatasets.DefaultFolder(name)
            ?? throw new UsageException($"--data {name} needs --data-folder: it is not here.", ImageDatasets.Find(name).HowToGetIt);
    }

    private NumpyOptions Arrays(ParseResult result, NumpyOptions options)
    {
        if (dataArrays.IsGiven(result))
        {
            var names = dataArrays.Read(result).Split(',');
            options = options with { TrainingInputs = names[0], TrainingLabels = names[1], TestInputs = names[2], TestLabels = names[3] };
        }

        return options with { Layout = dataChannels.Over(result, options.Layout) };
    }
}
