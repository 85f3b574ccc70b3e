using SparseHybrid.Optimizers;
using SparseHybrid.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Sparsifiers;

/// <summary>What a sparsifier works on. Everything is borrowed.</summary>
/// <param name="Model">The network under training; its parameters stay the same objects.</param>
/// <param name="Optimizer">The optimizer that steps it; its plan tells which parameters may become sparse.</param>
/// <param name="Options">Settings of the run.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
public sealed record SparsifierContext(
    torch.nn.Module Model, SparseOptimizer Optimizer, SparseTrainerOptions Options, long TotalSteps, int StepsPerEpoch)
{
    /// <summary>The weights that may become sparse, by name, in the network's order.</summary>
    internal IReadOnlyList<(string Name, Parameter Weight)> RegularisedWeights() =>
        [.. Model.named_parameters().Where(item => Optimizer.Plan.Policy.Covers(item.Item1, item.Item2))];
}
