using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>Everything that a report says about a run; its JSON.</summary>
/// <param name="Record">The contents of its run.json.</param>
internal sealed record RunFindings([property: JsonIgnore] RunRecord Record)
{
    /// <summary>The shortest end of its path that no other run of the report has.</summary>
    public required string Name { get; init; }

    /// <summary>The run folder, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>run.json as it is.</summary>
    [JsonPropertyName("run")]
    public JsonNode RecordJson { get; } = JsonSerializer.SerializeToNode(Record, RunJson.Line)!;

    /// <summary>Did training reach its end?</summary>
    public bool IsDone => Record.Result is not null;

    /// <summary>What it is at, a word or two, where it is watched while it trains; null where it is only read from its folder.</summary>
    [JsonIgnore]
    public string? Stage { get; init; }

    /// <summary>The lines of metrics.jsonl.</summary>
    public required IReadOnlyList<EpochSummary> Epochs { get; init; }

    /// <summary>Moments of the epoch under way, while the run is watched; else none.</summary>
    [JsonIgnore]
    public IReadOnlyList<EpochMoment> UnderWay { get; init; } = [];

    /// <summary>Its layers with weights, as inspect shows them; empty while the run is not done.</summary>
    public IReadOnlyList<LayerInspection> Layers { get; init; } = [];

    /// <summary>Their weights by value.</summary>
    public IReadOnlyList<WeightHistogram> Histograms { get; init; } = [];

    /// <summary>What inspecting them brought to light, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How it does on each class; null where that is not known.</summary>
    public TestFindings? Test { get; init; }

    /// <summary>Why <see cref="Test"/> is not known.</summary>
    public string? TestProblem { get; init; }

    /// <summary>The forms of the network beside the run.</summary>
    public IReadOnlyList<FormFindings> Forms { get; init; } = [];

    /// <summary>How they were timed; null where they were not.</summary>
    public TimingConditions? Timing { get; init; }

    /// <summary>Where its weights are not zero, layer by layer.</summary>
    [JsonIgnore]
    public IReadOnlyList<LayerMask> Masks { get; init; } = [];

    /// <summary>The first layer's filters; null where they are no images.</summary>
    [JsonIgnore]
    public FilterSheet? Filters { get; init; }

    /// <summary>Strength of its penalty; null where a share of zeros was asked for instead.</summary>
    [JsonIgnore]
    public double? Lambda => Record.Options.TargetSparsity is null ? Record.Options.Strength : null;

    /// <summary>What it has come to: the last epoch, done or not; null before the first one.</summary>
    [JsonIgnore]
    public EpochSummary? LastEpoch => Epochs.Count > 0 ? Epochs[^1] : null;
}
