using SparseHybrid.Data;

namespace SparseHybrid.Training;

/// <summary>Where a run's batches come from, all on the device that trains.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Test">To judge by.</param>
/// <param name="Validation">Held out from the training data; null: none.</param>
internal sealed record BatchSources(IBatchSource Training, IBatchSource Test, IBatchSource? Validation);
