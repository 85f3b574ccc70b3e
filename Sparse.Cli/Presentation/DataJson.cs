using System.Text.Json.Serialization;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What <c>data list --json</c> prints.</summary>
/// <param name="Datasets">Every public data set.</param>
internal sealed record DataListJson(IReadOnlyList<DataSetJson> Datasets);

/// <summary>A data set within <see cref="DataListJson"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Where it is, or where it would be fetched to.</param>
/// <param name="TrainingImages">Images to learn from.</param>
/// <param name="TestImages">Images to judge by.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Shape">Shape of an image: channels, height, width.</param>
/// <param name="Bytes">Size of its files that are here.</param>
/// <param name="State">ready, incomplete or absent.</param>
/// <param name="Missing">Files that are not here.</param>
/// <param name="Differing">With --verify: files that are not as published; null where there is nothing to compare.</param>
internal sealed record DataSetJson(
    string Name,
    string Folder,
    int TrainingImages,
    int TestImages,
    int Classes,
    long[] Shape,
    long Bytes,
    string State,
    IReadOnlyList<string> Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Differing);

/// <summary>What <c>data fetch --json</c> prints.</summary>
/// <param name="Name">The data set.</param>
/// <param name="Folder">Where it is now.</param>
/// <param name="Files">Its files.</param>
internal sealed record DataFetchJson(string Name, string Folder, IReadOnlyList<FetchedFileJson> Files);

/// <summary>A file within <see cref="DataFetchJson"/>.</summary>
/// <param name="File">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its checksum, which is the published one.</param>
/// <param name="State">fetched, resumed or already-here.</param>
internal sealed record FetchedFileJson(string File, long Bytes, string Sha256, string State);

/// <summary>What <c>bench data --json</c> prints.</summary>
/// <param name="Model">Network whose step was fed.</param>
/// <param name="Batch">Images in a step.</param>
/// <param name="Threads">Threads of the step.</param>
/// <param name="StepMilliseconds">Median time of a step's forward and backward pass.</param>
/// <param name="ImagesPerSecondNeeded">Images that the step takes a second.</param>
/// <param name="Augmentations">How fast batches are prepared, on one thread.</param>
internal sealed record BenchDataJson(
    string Model, int Batch, int Threads, double StepMilliseconds, double ImagesPerSecondNeeded, IReadOnlyList<AugmentationJson> Augmentations);

/// <summary>One augmentation within <see cref="BenchDataJson"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ImagesPerSecond">Images prepared a second.</param>
/// <param name="Ratio">The same / the images needed.</param>
internal sealed record AugmentationJson(string Name, double ImagesPerSecond, double Ratio);
