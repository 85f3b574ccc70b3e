namespace SparseHybrid.Models.Graphs;

/// <summary>
/// A module that says what its forward pass computes, operation by operation, so that it can be written as a graph: a
/// residual block, a branch, anything but a plain sequence. <see cref="DescribedModule"/> derives the forward pass from it.
/// </summary>
/// <remarks>
/// A module that describes something else than it computes is found out: no exported file gets its final name before its outputs
/// have been compared with those of the module.
/// </remarks>
public interface IForwardGraph
{
    /// <summary>The forward pass in evaluation mode, as a function of its input.</summary>
    /// <param name="graph">The operations. Only values that came from it may be given to it.</param>
    /// <param name="input">What forward takes: [B, ...].</param>
    /// <typeparam name="TValue">A tensor when the description is computed, a value of a graph when it is written down.</typeparam>
    /// <returns>What forward gives: [B, ...].</returns>
    TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input);
}
