using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>Inputs of a network and the class of each.</summary>
/// <param name="Inputs">[B, ...] float32.</param>
/// <param name="Labels">[B] int64.</param>
/// <remarks>Whoever reads a batch owns both tensors; inside a dispose scope they die with it.</remarks>
public readonly record struct Batch(torch.Tensor Inputs, torch.Tensor Labels);

/// <summary>Data cut into batches, epoch after epoch.</summary>
/// <remarks>What an epoch holds may depend on its number and on nothing else: that is what makes a run repeatable and resumable.</remarks>
public interface IBatchSource
{
    /// <summary>Batches in every epoch, at least 1.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Opens an epoch, counted from 0.</summary>
    IEpochBatches OpenEpoch(int epoch);
}

/// <summary>The batches of one epoch. Dispose it when the epoch is done.</summary>
public interface IEpochBatches : IDisposable
{
    /// <summary>Reads a batch, counted from 0.</summary>
    Batch Read(int index);
}
