namespace SparseHybrid.Data;

/// <summary>The data sets that can be named, and how their files are found and read.</summary>
public static class ImageDatasets
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts its files.</summary>
    public const string FashionMnistFolder = "/usr/share/datasets/fashion-mnist";

    // Mean and standard deviation of all training pixels, scaled to 0..1: the constants in common use, rounded to four
    // decimals, so that results compare with those of other tools. A test holds them against the data.
    private static readonly IdxSet[] Sets =
    [
        new(
            "fashion-mnist",
            FashionMnistFolder,
            Mean: 0.2860,
            StandardDeviation: 0.3530,
            HowToGetIt: "Install it (apt-get install dataset-fashion-mnist), or name the folder that holds its files."),
        new(
            "mnist",
            DefaultFolder: null,
            Mean: 0.1307,
            StandardDeviation: 0.3081,
            HowToGetIt: "Name the folder that holds its four IDX files, as MNIST's authors publish them."),
    ];

    /// <summary>Every name that <see cref="Load"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sets.Select(set => set.Name)];

    /// <summary>The folder read when none is named, or null when one has to be named.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static string? DefaultFolder(string name) => Find(name).DefaultFolder;

    /// <summary>Reads, checks and normalises a data set.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where its files are; null: its <see cref="DefaultFolder"/>.</param>
    /// <exception cref="ArgumentException">The name is unknown, or the data set needs a folder.</exception>
    /// <exception cref="DataException">The folder or a file is missing or damaged.</exception>
    public static TrainAndTest Load(string name, string? folder = null)
    {
        var set = Find(name);
        var place = folder ?? set.DefaultFolder
            ?? throw new ArgumentException($"The data set '{name}' needs a folder. {set.HowToGetIt}", nameof(folder));
        if (!Directory.Exists(place))
        {
            throw new DataException(place, $"The data set '{name}' is missing.", $"There is no folder '{place}'.", set.HowToGetIt);
        }

        var train = ReadPart(set, place, "train");
        try
        {
            return new TrainAndTest(name, place, train, ReadPart(set, place, "t10k"));
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    private static LabelledImages ReadPart(IdxSet set, string folder, string part) =>
        LabelledImages.ReadIdx(
            FindFile(set, folder, $"{part}-images-idx3-ubyte"),
            FindFile(set, folder, $"{part}-labels-idx1-ubyte"),
            classes: 10,
            set.Mean,
            set.StandardDeviation);

    private static string FindFile(IdxSet set, string folder, string name)
    {
        string[] candidates = [Path.Combine(folder, name), Path.Combine(folder, name + ".gz")];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new DataException(
                folder,
                what: $"The data set '{set.Name}' is incomplete.",
                why: $"'{folder}' has neither {name} nor {name}.gz.",
                fix: set.HowToGetIt);
    }

    private static IdxSet Find(string name) =>
        Array.Find(Sets, set => set.Name == name)
        ?? throw new ArgumentException($"There is no data set '{name}'; known are: {string.Join(", ", Names)}.", nameof(name));

    private sealed record IdxSet(string Name, string? DefaultFolder, double Mean, double StandardDeviation, string HowToGetIt);
}
