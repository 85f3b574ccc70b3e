namespace SparseHybrid.Data;

/// <summary>CIFAR-10 or CIFAR-100 in the binary version: its .bin files, or the archive that they are published in.</summary>
/// <param name="Name">Its name, as the command line knows it.</param>
/// <param name="Format">How an image lies in a file.</param>
/// <param name="TrainingFiles">Files to learn from, in this order.</param>
/// <param name="TestFile">The file to judge by.</param>
/// <param name="Subfolder">The folder that the archive holds the files in.</param>
/// <param name="Normalisation">How bytes become inputs.</param>
/// <param name="Archive">The archive as published.</param>
internal sealed record CifarDataset(
    string Name, CifarFormat Format, string[] TrainingFiles, string TestFile, string Subfolder, Normalisation Normalisation, PublishedFile Archive)
    : ImageDataset(Name, Format.Classes, [3, 32, 32], TrainingImages: 50_000, TestImages: 10_000, Normalisation, [Archive])
{
    private IEnumerable<string> BinFiles => TrainingFiles.Append(TestFile);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Missing(string folder)
    {
        var missing = BinFiles.Where(file => FindBin(folder, file) is null).ToList();
        return missing.Count == 0 || FindArchive(folder) is not null ? [] : [.. missing.Select(file => $"{file} (or {Archive.Name})")];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Found(string folder)
    {
        string[] files = [.. BinFiles.Select(file => FindBin(folder, file)).OfType<string>()];
        return files.Length < BinFiles.Count() && FindArchive(folder) is { } archive ? [archive] : files;
    }

    // The archive is gone through once for both parts.
    private protected override (Func<LabelledImages> Training, Func<LabelledImages> Test) Open(string folder)
    {
        var paths = BinFiles.Select(file => FindBin(folder, file)).ToList();
        var parts = paths.Contains(null)
            ? CifarArchive.Read(FindArchive(folder)!, [.. BinFiles], Format)
            : [.. paths.Select(path => CifarRecords.Read(path!, Format))];
        return (
            () => CifarRecords.Join([.. parts.Take(TrainingFiles.Length)], Format, Normalisation),
            () => CifarRecords.Join([.. parts.Skip(TrainingFiles.Length)], Format, Normalisation));
    }

    private string? FindBin(string folder, string file) => FirstPresent(folder, file, Path.Combine(Subfolder, file));

    private string? FindArchive(string folder) => FirstPresent(folder, Archive.Name);
}
