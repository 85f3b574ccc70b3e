namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>A moment of an epoch that is not done.</summary>
/// <param name="Epoch">Epochs done, with a fraction.</param>
/// <param name="TrainLoss">Mean over the epoch's batches so far of their mean cross-entropy, in nats.</param>
/// <param name="Lambda">Strength of the penalty.</param>
/// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
internal readonly record struct EpochMoment(double Epoch, double TrainLoss, double Lambda, double Sparsity);
