namespace SparseHybrid.Data;

/// <summary>MNIST and its relatives: four IDX files, each plain or compressed by gzip.</summary>
internal sealed record IdxDataset(string Name, Normalisation Normalisation, IReadOnlyList<PublishedFile> Files)
    : ImageDataset(Name, Classes: 10, InputShape: [1, 28, 28], TrainingImages: 60_000, TestImages: 10_000, Normalisation, Files)
{
    private static readonly string[] Stems = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Missing(string folder) =>
        [.. Stems.Where(stem => Find(folder, stem) is null).Select(stem => $"{stem} (or {stem}.gz)")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Found(string folder) => [.. Stems.Select(stem => Find(folder, stem)).OfType<string>()];

    private protected override (Func<LabelledImages> Training, Func<LabelledImages> Test) Open(string folder)
    {
        return (() => ReadPart(Stems[0], Stems[1]), () => ReadPart(Stems[2], Stems[3]));

        LabelledImages ReadPart(string images, string labels) => LabelledImages.ReadIdx(
            Find(folder, images)!, Find(folder, labels)!, Classes, Normalisation.Mean[0], Normalisation.StandardDeviation[0]);
    }

    private static string? Find(string folder, string stem) => FirstPresent(folder, stem, stem + ".gz");
}
