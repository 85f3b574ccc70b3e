namespace SparseHybrid.Benchmark;

/// <summary>What a <see cref="DataBenchmark"/> found; times are medians over all rounds.</summary>
/// <param name="Batch">Images in a batch.</param>
/// <param name="StepMilliseconds">Time of one training step without its optimizer: forward and backward.</param>
/// <param name="Augmentations">How fast batches are prepared, by augmentation.</param>
public sealed record DataBenchmarkReport(int Batch, double StepMilliseconds, IReadOnlyList<AugmentationSpeed> Augmentations)
{
    /// <summary>Images that the training step takes a second.</summary>
    public double ImagesPerSecondNeeded => 1e3 * Batch / StepMilliseconds;
}

/// <summary>How fast batches are prepared.</summary>
/// <param name="Name">Name of the augmentation.</param>
/// <param name="ImagesPerSecond">Images prepared a second, on one thread.</param>
/// <param name="Ratio">The same / the images that the training step takes a second: above 1 loading keeps up.</param>
public sealed record AugmentationSpeed(string Name, double ImagesPerSecond, double Ratio);
