using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Sweeps;
using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Cli.Presentation;

// The JSON that scripts rely on: property names become keys in camelCase, in this order. Tests pin every key.

/// <summary>What <c>train --json</c> prints.</summary>
/// <param name="Run">The run folder.</param>
/// <param name="Method">Training method.</param>
/// <param name="Model">Network.</param>
/// <param name="Data">Data set.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="TestAccuracy">Share of test images classified rightly after the last epoch (0..1).</param>
/// <param name="TrainLoss">Mean cross-entropy over the last epoch.</param>
/// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
/// <param name="TargetSparsity">What --target-sparsity led to: share, tolerance, isReached, lambda, explanation; null without.</param>
/// <param name="Nonzeros">Parameters of the whole network that are not zero.</param>
/// <param name="Parameters">Parameters of the whole network.</param>
/// <param name="Seconds">Seconds from the first batch to the last evaluation.</param>
/// <param name="SecondsPerEpoch">The same, an epoch.</param>
internal record TrainJson(
    string Run,
    string Method,
    string Model,
    string Data,
    int Epochs,
    long Seed,
    double TestAccuracy,
    double TrainLoss,
    double Sparsity,
    TargetSparsityOutcome? TargetSparsity,
    long Nonzeros,
    long Parameters,
    double Seconds,
    double SecondsPerEpoch);

/// <summary>What <c>demo --json</c> prints: that of train, and these.</summary>
/// <param name="Train">The sparse run.</param>
/// <param name="Onnx">The shrunk model.</param>
/// <param name="Speedup">Median latency of the dense model / that of the shrunk one.</param>
internal sealed record DemoJson(TrainJson Train, OnnxJson Onnx, double Speedup) : TrainJson(Train)
{
    /// <summary>Not a key of its own: its members are.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TrainJson Train { get; } = Train;
}

/// <summary>An exported model within <see cref="DemoJson"/>.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MaxAbsDifference">Largest difference of a logit between libtorch and ONNX Runtime.</param>
internal sealed record OnnxJson(string File, long Bytes, double MaxAbsDifference);

/// <summary>What a process that measures one model's memory tells <c>bench</c>.</summary>
/// <param name="PeakMemoryBytes">Bytes; null where the system does not tell.</param>
internal sealed record MemoryJson(long? PeakMemoryBytes);

/// <summary>What <c>bench train --json</c> prints.</summary>
/// <param name="Model">Network.</param>
/// <param name="Method">Training method.</param>
/// <param name="Parameters">Parameters of the network.</param>
/// <param name="Batch">Images in a step.</param>
/// <param name="Threads">Threads of libtorch.</param>
/// <param name="Steps">Steps timed.</param>
/// <param name="MedianMilliseconds">Median time of a step.</param>
/// <param name="P95Milliseconds">95th percentile of it.</param>
/// <param name="MedianProcessorMilliseconds">Median processor time of a step, over all threads of the process.</param>
/// <param name="ImagesPerSecond">Images a second at the median.</param>
/// <param name="PeakBytes">The most main memory that the process has held.</param>
internal sealed record BenchTrainJson(
    string Model,
    string Method,
    long Parameters,
    int Batch,
    int Threads,
    int Steps,
    double MedianMilliseconds,
    double P95Milliseconds,
    double MedianProcessorMilliseconds,
    double ImagesPerSecond,
    long PeakBytes);

/// <summary>What <c>bench step --json</c> prints.</summary>
/// <param name="Parameters">Parameters stepped.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="CudaKernels">The compiler of the kernels and the device, or why they are left out; null on the processor.</param>
/// <param name="FusedMilliseconds">Median time of the fused step.</param>
/// <param name="TensorOpsMilliseconds">Median time of the same step as a chain of tensor operations.</param>
/// <param name="Ratio">The latter / the former.</param>
/// <param name="GigabytesPerSecond">Bytes moved by the fused step a second / 1e9; 52 a parameter are counted.</param>
/// <param name="MemcpyGigabytesPerSecond">Bytes read and written a second by a plain copy / 1e9.</param>
/// <param name="BandwidthShare">The last but one / the last.</param>
internal sealed record BenchStepJson(
    int Parameters,
    string Device,
    string? CudaKernels,
    double FusedMilliseconds,
    double TensorOpsMilliseconds,
    double Ratio,
    double GigabytesPerSecond,
    double MemcpyGigabytesPerSecond,
    double BandwidthShare);

/// <summary>What <c>sweep --json</c> prints.</summary>
/// <param name="Sweep">The sweep's folder.</param>
/// <param name="Page">The plot, an HTML file.</param>
/// <param name="Planned">Runs of the whole sweep.</param>
/// <param name="Runs">Those that are done.</param>
/// <param name="Front">Method by method, value by value, over the seeds.</param>
/// <param name="Failed">Those that failed.</param>
internal sealed record SweepJson(
    string Sweep,
    string Page,
    int Planned,
    IReadOnlyList<SweepRun> Runs,
    IReadOnlyList<FrontEntry> Front,
    IReadOnlyList<SweepFailure> Failed);

/// <summary>What <c>compare --json</c> prints.</summary>
/// <param name="Comparison">The comparison's folder.</param>
/// <param name="Page">The page, an HTML file.</param>
/// <param name="Planned">Runs of the whole comparison.</param>
/// <param name="Done">How many of them are done.</param>
/// <param name="Rows">Arm by arm, value by value, over the seeds.</param>
/// <param name="Pairs">Level by level, each arm against the subject.</param>
/// <param name="Verdict">Outcome and sentences; null when nothing can be compared.</param>
/// <param name="LeftOut">Arms that cannot take part, with the reason.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Speed">Size and speed of the networks; null when they were not measured.</param>
internal sealed record CompareJson(
    string Comparison,
    string Page,
    int Planned,
    int Done,
    IReadOnlyList<ComparisonRow> Rows,
    IReadOnlyList<ComparedPair> Pairs,
    Verdict? Verdict,
    IReadOnlyList<LeftOutArm> LeftOut,
    IReadOnlyList<SweepFailure> Failed,
    ComparisonSpeed? Speed);

/// <summary>What <c>compare --dry-run --json</c> prints.</summary>
/// <param name="Recipe">Title of the recipe.</param>
/// <param name="Runs">Every run with its epochs, in the order in which they are begun.</param>
/// <param name="Epochs">Epochs of all runs together.</param>
/// <param name="EstimatedSeconds">Estimate of the time; null where the recipe does not say how long an epoch takes.</param>
/// <param name="LeftOut">Arms that cannot take part, with the reason.</param>
internal sealed record DryRunJson(
    string Recipe, IReadOnlyList<DryRunEntry> Runs, int Epochs, double? EstimatedSeconds, IReadOnlyList<LeftOutArm> LeftOut);

/// <summary>A run of a comparison that was not begun.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Epochs">Epochs that it trains.</param>
internal sealed record DryRunEntry(string Run, int Epochs);

/// <summary>What <c>compare --list --json</c> prints.</summary>
/// <param name="Recipes">Every recipe that is shipped.</param>
internal sealed record RecipesJson(IReadOnlyList<RecipeEntry> Recipes);

/// <summary>A recipe that is shipped.</summary>
/// <param name="Name">What it goes by.</param>
/// <param name="Title">One line.</param>
internal sealed record RecipeEntry(string Name, string Title);

/// <summary>What <c>inspect --json</c> prints.</summary>
/// <param name="Model">The run, file or name that was given.</param>
/// <param name="Layers">Layers with weights, in the order of the graph.</param>
/// <param name="Totals">Sums over them.</param>
/// <param name="Remarks">What could be gained, and what could not be found out.</param>
internal sealed record InspectJson(string Model, IReadOnlyList<LayerInspection> Layers, InspectionTotals Totals, IReadOnlyList<string> Remarks);

/// <summary>What <c>report --json</c> prints.</summary>
/// <param name="File">The page, an HTML file.</param>
internal sealed record ReportJson(string File);
