using System.Text.Json.Serialization;
using SparseHybrid.Optimizers;
using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Training;

/// <summary>What an epoch ended with; one line of metrics.jsonl.</summary>
public sealed record EpochSummary
{
    private readonly ValueList<string> deadLayers = new([]);
    private readonly ValueList<LayerZeros> layers = new([]);
    private readonly ValueList<SparsityTracePoint>? control;

    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Mean over the epoch's batches of their mean cross-entropy.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Mean cross-entropy on the test data; null after an epoch that was not evaluated.</summary>
    public required double? TestLoss { get; init; }

    /// <summary>Share of the test data that is classified rightly (0..1); null after an epoch that was not evaluated.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Mean cross-entropy on held-out training data; null where none are, and after an epoch that was not evaluated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationLoss { get; init; }

    /// <summary>Share of held-out training data that is classified rightly (0..1); null likewise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationAccuracy { get; init; }

    /// <summary>Share of the regularised weights that are exactly zero (0..1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>Parameters of the whole network that are not zero.</summary>
    public required long Nonzeros { get; init; }

    /// <summary>Step size of the epoch's last step.</summary>
    public required double StepSize { get; init; }

    /// <summary>Averaging of the epoch's last step.</summary>
    public required double Averaging { get; init; }

    /// <summary>lambda after the epoch for weights that no group takes in; 0 without penalty.</summary>
    [JsonPropertyName("lambda")]
    public double Strength { get; init; }

    /// <summary>Regularised weight tensors that have only zeros left, by name.</summary>
    public IReadOnlyList<string> DeadLayers
    {
        get => deadLayers;
        init => deadLayers = new(value);
    }

    /// <summary>Zeros of every regularised weight tensor, in the network's order; empty in runs of releases that did not count them.</summary>
    public IReadOnlyList<LayerZeros> Layers
    {
        get => layers;
        init => layers = new(value);
    }

    /// <summary>With a target sparsity: lambda and zeros at about ten moments of the epoch; null without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SparsityTracePoint>? Control
    {
        get => control;
        init => control = value is null ? null : new(value);
    }

    /// <summary>Seconds since the start of the run, over all its sittings.</summary>
    public required double Seconds { get; init; }
}
