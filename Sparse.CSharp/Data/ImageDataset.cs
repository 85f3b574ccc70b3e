namespace SparseHybrid.Data;

/// <summary>A public data set: what is known of it, and how its files are found and read.</summary>
/// <param name="Name">Its name, as the command line knows it.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="InputShape">Shape of one image: [channels, height, width].</param>
/// <param name="TrainingImages">Images to learn from, as published.</param>
/// <param name="TestImages">Images to judge by, as published.</param>
/// <param name="Normalisation">How bytes become inputs.</param>
/// <param name="Files">What its authors publish.</param>
public abstract record ImageDataset(
    string Name, int Classes, long[] InputShape, int TrainingImages, int TestImages, Normalisation Normalisation, IReadOnlyList<PublishedFile> Files)
{
    /// <summary>What the classes are called, in the order of their labels; null where they are known by number only.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>A folder where a package of the system puts it; null when there is none.</summary>
    public string? SystemFolder { get; init; }

    /// <summary>The package that puts it there; null when there is none.</summary>
    public string? SystemPackage { get; init; }

    /// <summary>What to do when it is not there, a sentence.</summary>
    public string HowToGetIt =>
        $"Fetch it (./sparse data fetch {Name}), {(SystemPackage is null ? "" : $"install it (apt-get install {SystemPackage}), ")}or name the folder that holds its files.";

    /// <summary>Which of its files a folder lacks, by name; a file may be there in other forms too. Nothing is read.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    public abstract IReadOnlyList<string> Missing(string folder);

    /// <summary>The files of a folder that belong to it, as they would be read.</summary>
    /// <param name="folder">The folder.</param>
    public abstract IReadOnlyList<string> Found(string folder);

    /// <summary>Reads and checks both parts.</summary>
    /// <param name="folder">A folder that holds its files.</param>
    /// <exception cref="DataException">A file is missing or damaged.</exception>
    public TrainAndTest Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataException(folder, $"The data set '{Name}' is missing.", $"There is no folder '{folder}'.", HowToGetIt);
        }

        if (Missing(folder) is [var missing, ..])
        {
            throw new DataException(folder, $"The data set '{Name}' is incomplete.", $"'{folder}' lacks {missing}.", HowToGetIt);
        }

        var (readTraining, readTest) = Open(folder);
        var train = readTraining();
        try
        {
            return new TrainAndTest(Name, folder, train, readTest()) { ClassNames = ClassNames };
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    /// <summary>Gives what reads and checks each part. Every file is there.</summary>
    private protected abstract (Func<LabelledImages> Training, Func<LabelledImages> Test) Open(string folder);

    /// <summary>The first of some names that a folder has, as a path; null when it has none.</summary>
    private protected static string? FirstPresent(string folder, params string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
