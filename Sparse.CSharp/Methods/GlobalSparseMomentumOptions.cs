using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// Global sparse momentum (GSM): in each step only the weights with the largest |w dL/dw|, as many as shall be left, get their
/// gradient; the others shrink by weight decay. What is small at the end is pruned, without fine-tuning.
/// </summary>
/// <remarks>
/// Ding, Ding, Zhou, Guo, Han and Liu, Global Sparse Momentum SGD for Pruning Very Deep Neural Networks, NeurIPS 2019, equations
/// 8 to 10. There training starts from a dense network; here from random weights, in one run.
/// </remarks>
public sealed record GlobalSparseMomentumOptions : PruningOptions
{
    /// <summary>
    /// How far weights without gradient decay over the run: to e^-TotalDecay of their size, 0 or more, on top of the weight
    /// decay of all parameters. It takes the place of the paper's eta, which fits the paper's run lengths only: eta = TotalDecay /
    /// (sum of the step sizes). Default 1. The paper's MNIST runs (280 epochs from a trained network, momentum 0.99, eta 5e-4)
    /// come to 19, which within 10 epochs leaves the weights that stay too little room.
    /// </summary>
    public double TotalDecay { get; init; } = 1;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context)
    {
        var options = context.Options;
        var path = 0.0; // sum of the step sizes: how far a constant velocity of 1 would go
        for (var step = 1L; step <= context.TotalSteps; step++)
        {
            path += options.Schedule.At(options.InitialStepSize, context.TotalSteps, context.StepsPerEpoch, step).StepSize;
        }

        return new GlobalSparseMomentum(context, path > 0 ? TotalDecay / path : 0);
    }

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
        [.. base.Problems(), SettingProblem.UnlessAtLeast(0, nameof(TotalDecay), TotalDecay)];
}
