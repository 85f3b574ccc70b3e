using SparseHybrid.Optimizers;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>What a sparsifier works on. Everything is borrowed.</summary>
/// <param name="Model">The network under training; its parameters stay the same objects.</param>
/// <param name="Optimizer">The optimizer that steps it; its plan tells which parameters may become sparse.</param>
/// <param name="Options">Settings of the run.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
public sealed record SparsifierContext(
    torch.nn.Module Model, SparseOptimizer Optimizer, SparseTrainerOptions Options, long TotalSteps, int StepsPerEpoch);
