namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Where a benchmark stands.</summary>
/// <param name="Model">The file being measured.</param>
/// <param name="Threads">Threads of the measurement under way.</param>
/// <param name="Batch">Samples in a run of it.</param>
/// <param name="Round">The turn under way, from 1; 0 during loading, comparison and warm-up.</param>
/// <param name="Share">What is done of all measurements (0..1).</param>
public sealed record BenchmarkProgress(string Model, int Threads, int Batch, int Round, double Share);
