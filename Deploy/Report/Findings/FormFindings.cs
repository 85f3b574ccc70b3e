using System.Text.Json.Serialization;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Quantize;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>A form of a trained network, as an ONNX file beside its run.</summary>
/// <param name="Form">As the command line names it.</param>
/// <param name="File">The file's name; null where there is none.</param>
/// <param name="Bytes">Its size, that of external data included; null where there is none.</param>
/// <param name="Certificate">What it was compared with; null where there is no certificate.</param>
/// <param name="Problem">Why there is no file; null where there is one.</param>
internal sealed record FormFindings(string Form, string? File, long? Bytes, Certificate? Certificate, string? Problem)
{
    /// <summary>Whether it computes what the network does, so that the network's accuracy is its own.</summary>
    [JsonIgnore]
    public bool IsFloat32 => Certificate is null || Certificate.Precision == ModelPrecision.NameOf(Precision.Float32);

    /// <summary>Times of a run of it; null where it was not timed.</summary>
    public FormTiming? Timing { get; init; }
}

/// <summary>How fast a form is.</summary>
/// <param name="Latency">Times of a run of one batch.</param>
/// <param name="PerSecond">Inputs a second at the median.</param>
/// <param name="Speedup">Median of the run's first form / this one's: above 1 is faster.</param>
/// <param name="LoadMilliseconds">From the file to a session that is ready.</param>
internal sealed record FormTiming(LatencySummary Latency, double PerSecond, double Speedup, double LoadMilliseconds);

/// <summary>How forms were timed.</summary>
/// <param name="Environment">On which machine.</param>
/// <param name="Threads">Threads that shared the work of an operator.</param>
/// <param name="Batch">Inputs in a run.</param>
/// <param name="Warnings">What makes the figures less than they seem.</param>
internal sealed record TimingConditions(BenchmarkEnvironment Environment, int Threads, int Batch, IReadOnlyList<string> Warnings);
