using SparseHybrid.Training;

namespace SparseHybrid.Runs;

/// <summary>Everything about a run that its numbers alone do not tell; the contents of run.json.</summary>
public sealed record RunRecord
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Name of the training method, as the command line knows it.</summary>
    public required string Method { get; init; }

    /// <summary>The network.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>The data.</summary>
    public required DataDescription Data { get; init; }

    /// <summary>All settings of the training, the seed included.</summary>
    public required SparseTrainerOptions Options { get; init; }

    /// <summary>Machine and versions that the run started with.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>When the run started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What the run ended with; null while it is not done.</summary>
    public TrainingReport? Result { get; init; }
}

/// <summary>A network that can be built again.</summary>
/// <param name="Name">Its name in <see cref="Models.ModelCatalog"/>.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="InputShape">Shape of one input: [channels, height, width].</param>
public sealed record ModelDescription(string Name, int Classes, long[] InputShape);

/// <summary>Data that can be read again, and how it was prepared.</summary>
/// <param name="Name">Its name in <see cref="Data.ImageDatasets"/>.</param>
/// <param name="Folder">Where its files were read.</param>
/// <param name="Mean">Subtracted from every pixel (0..1).</param>
/// <param name="StandardDeviation">What is left was divided by this.</param>
/// <param name="TrainingImages">Images to learn from.</param>
/// <param name="TestImages">Images to judge by.</param>
public sealed record DataDescription(string Name, string Folder, double Mean, double StandardDeviation, long TrainingImages, long TestImages);
