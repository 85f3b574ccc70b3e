using System.Text.Json.Serialization;

namespace SparseHybrid.Comparisons;

/// <summary>
/// What the networks of a comparison are worth on a machine: size and latency as ONNX models; the contents of speed.json in its
/// folder. Of each arm at each value it is the network with the median accuracy.
/// </summary>
public sealed record ComparisonSpeed
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>On which machine, and how.</summary>
    public required MeasuringConditions Conditions { get; init; }

    /// <summary>The dense network that all others took turns with: its run folder, relative to that of the comparison.</summary>
    public required string Baseline { get; init; }

    /// <summary>What was measured, in the order of the comparison's rows, a form after the other.</summary>
    public required IReadOnlyList<MeasuredNetwork> Networks { get; init; }

    /// <summary>What could not be measured.</summary>
    public IReadOnlyList<UnmeasuredNetwork> Unmeasured { get; init; } = [];

    /// <summary>The batches that were measured.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Batches => [.. Networks.SelectMany(network => network.Batches).Select(batch => batch.Batch).Distinct()];
}

/// <summary>Where and how networks were measured; figures of two conditions cannot be compared.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="LogicalCores">Processors that the program may use.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="OnnxRuntime">Version of ONNX Runtime.</param>
/// <param name="Threads">Threads that share the work of an operator.</param>
/// <param name="Rounds">Turns that a network and the baseline took.</param>
/// <param name="SecondsPerModel">Seconds that each of them was timed in all, at one batch.</param>
public sealed record MeasuringConditions(
    string Processor, int LogicalCores, string OperatingSystem, string OnnxRuntime, int Threads, int Rounds, double SecondsPerModel);

/// <summary>A network of a comparison in one form.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Lambda">Strength of the penalty; null when it is not the strength that was set.</param>
/// <param name="TargetSparsity">Share of zeros asked for, or matched in size (0..1); null when there is none.</param>
/// <param name="Run">Its run folder, relative to that of the comparison.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="TestAccuracy">Share of test images classified rightly (0..1).</param>
/// <param name="Form">The form, as <c>export --form</c> knows it.</param>
/// <param name="Batches">What was measured of it.</param>
public sealed record MeasuredNetwork(
    string Arm, double? Lambda, double? TargetSparsity, string Run, long Seed, double TestAccuracy, string Form, IReadOnlyList<MeasuredBatch> Batches);

/// <summary>A network against the dense one, with one batch.</summary>
/// <param name="Batch">Inputs in a run of the model.</param>
/// <param name="File">The ONNX file, relative to the comparison's folder; its certificate lies beside it.</param>
/// <param name="Bytes">Its size, that of external data included.</param>
/// <param name="DenseBytes">That of the dense network.</param>
/// <param name="MaxAbsDifference">Largest difference of an output to libtorch's on test images, found before anything was timed.</param>
/// <param name="LargestOutput">The largest output, to judge the difference by.</param>
/// <param name="SamplesCompared">Test images that were compared.</param>
/// <param name="Latency">Times of a run.</param>
/// <param name="DenseLatency">Times of a run of the dense network, which took turns with it.</param>
/// <param name="ProcessorsUsedByOthers">Processors that other programs kept busy meanwhile (0.5: half of one); null where the system does not tell.</param>
public sealed record MeasuredBatch(
    int Batch,
    string File,
    long Bytes,
    long DenseBytes,
    double MaxAbsDifference,
    double LargestOutput,
    int SamplesCompared,
    MeasuredLatency Latency,
    MeasuredLatency DenseLatency,
    double? ProcessorsUsedByOthers)
{
    /// <summary>Median of the dense network / that of this one: above 1 is faster.</summary>
    public double Speedup => DenseLatency.MedianMicroseconds / Latency.MedianMicroseconds;
}

/// <summary>Times of the runs of a model.</summary>
/// <param name="Runs">How many were timed.</param>
/// <param name="MedianMicroseconds">Half of them took no longer.</param>
/// <param name="SpreadMicroseconds">Between the quartiles.</param>
public sealed record MeasuredLatency(int Runs, double MedianMicroseconds, double SpreadMicroseconds);

/// <summary>A network that could not be measured in a form.</summary>
/// <param name="Run">Its run folder, relative to that of the comparison.</param>
/// <param name="Form">The form.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record UnmeasuredNetwork(string Run, string Form, string Reason);
