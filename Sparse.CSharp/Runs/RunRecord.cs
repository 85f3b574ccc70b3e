using System.Text.Json.Serialization;
using SparseHybrid.Data;
using SparseHybrid.Models;
using SparseHybrid.Training;

namespace SparseHybrid.Runs;

/// <summary>Everything about a run that its numbers alone do not tell; the contents of run.json.</summary>
public sealed record RunRecord
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 2;

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

    /// <summary>The weights that the run starts from; null: random ones.</summary>
    public StartingWeights? Weights { get; init; }

    /// <summary>Machine and versions that the run started with.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>When the run started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What the run ended with; null while it is not done.</summary>
    public TrainingReport? Result { get; init; }
}

/// <summary>Data that can be read again, and how it was prepared.</summary>
/// <param name="Name">Its name in <see cref="ImageDatasets"/>.</param>
/// <param name="Folder">Where its files were read; empty for arrays in memory.</param>
/// <param name="Mean">One number a channel, subtracted from every value after division by <see cref="Scale"/>.</param>
/// <param name="StandardDeviation">One number a channel, by which what is left was divided.</param>
/// <param name="TrainingImages">Images to learn from.</param>
/// <param name="TestImages">Images to judge by.</param>
/// <remarks>A network trained on this data wants (value / Scale - Mean) / StandardDeviation, wherever it runs.</remarks>
public sealed record DataDescription(
    string Name,
    string Folder,
    [property: JsonConverter(typeof(NumbersConverter))] IReadOnlyList<double> Mean,
    [property: JsonConverter(typeof(NumbersConverter))] IReadOnlyList<double> StandardDeviation,
    long TrainingImages,
    long TestImages)
{
    /// <summary>What stored values were divided by first: 255 for bytes, 1 for values that were numbers already. Default 255.</summary>
    public double Scale { get; init; } = Normalisation.ByteScale;

    /// <summary>How the user's own arrays are named and laid out; null for other data.</summary>
    public NumpyOptions? Numpy { get; init; }

    /// <summary>Describes data that has been read.</summary>
    /// <param name="data">The data; borrowed.</param>
    /// <param name="numpy">How the user's own arrays were read; null for other data.</param>
    public static DataDescription Of(TrainAndTest data, NumpyOptions? numpy = null) =>
        new(
            data.Name,
            data.Folder.Length == 0 ? "" : Path.GetFullPath(data.Folder),
            data.Normalisation.Mean,
            data.Normalisation.StandardDeviation,
            data.Train.Count,
            data.Test.Count)
        {
            Scale = data.Normalisation.Scale,
            Numpy = numpy,
        };
}
