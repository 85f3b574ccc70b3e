using SparseHybrid.Data;
using SparseHybrid.Deploy.Graph;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Settings of an export. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The oldest operator set that the exporter writes.</summary>
    public const int OldestOpset = 13;

    /// <summary>The newest operator set that the exporter writes.</summary>
    public const int NewestOpset = (int)OperatorSets.Newest;

    /// <summary>The key of the names of the classes in a file's metadata.</summary>
    public const string ClassesKey = "sparsehybrid.classes";

    /// <summary>Version of the ONNX operator set, 13 to 26. Default 17.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>Type of the input: Float32, or Int64 for a model that begins with an embedding. Default Float32.</summary>
    public ScalarType InputType { get; init; } = ScalarType.Float32;

    /// <summary>Name of the graph's input. Default "input".</summary>
    public string InputName { get; init; } = "input";

    /// <summary>Name of the graph's output. Default "output".</summary>
    public string OutputName { get; init; } = "output";

    /// <summary>Name of the batch dimension, whose size is left open. Default "batch".</summary>
    public string BatchName { get; init; } = "batch";

    /// <summary>What the model does to its input before anything else, so that it takes values as they are stored; null: it wants normalised ones. Default null.</summary>
    public Normalisation? Normalisation { get; init; }

    /// <summary>
    /// What the classes are called, in the order of the outputs: kept in the file's metadata as a JSON array under <see cref="ClassesKey"/>.
    /// Null: they are known by number only. Default null.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (Opset is < OldestOpset or > NewestOpset)
        {
            problems.Add($"Opset is {Opset}; it must be {OldestOpset} to {NewestOpset}");
        }

        if (InputType is not (ScalarType.Float32 or ScalarType.Int64))
        {
            problems.Add($"InputType is {InputType}; it must be Float32 or Int64");
        }

        if (string.IsNullOrWhiteSpace(InputName) || string.IsNullOrWhiteSpace(OutputName) || string.IsNullOrWhiteSpace(BatchName))
        {
            problems.Add("InputName, OutputName and BatchName must not be empty");
        }

        if (InputName == OutputName)
        {
            problems.Add($"InputName and OutputName are both '{InputName}'; they must differ");
        }

        if (Normalisation is not null && InputType != ScalarType.Float32)
        {
            problems.Add($"InputType is {InputType}; a model that normalises its input takes Float32");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems) + ".");
        }
    }
}
