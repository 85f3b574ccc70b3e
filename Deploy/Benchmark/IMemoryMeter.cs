using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Has <see cref="PeakMemory"/> measured in a process of its own, which has held nothing else before.</summary>
public interface IMemoryMeter
{
    /// <summary>The bytes that <see cref="PeakMemory.Measure"/> finds; null where the system does not tell.</summary>
    /// <exception cref="BenchmarkException">The process failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the process has ended.</exception>
    long? Measure(MemoryQuestion question, CancellationToken cancellationToken);
}

/// <summary>Which model, run how.</summary>
/// <param name="Model">The .onnx file.</param>
/// <param name="Provider">Where ONNX Runtime computes.</param>
/// <param name="Threads">Threads that share the work of one operator, at least 1.</param>
/// <param name="Batch">Samples in a run, at least 1.</param>
/// <param name="SampleShape">Sizes of one sample, for the dimensions that a model leaves open; null: as the model says.</param>
public sealed record MemoryQuestion(string Model, ExecutionProvider Provider, int Threads, int Batch, IReadOnlyList<long>? SampleShape);
