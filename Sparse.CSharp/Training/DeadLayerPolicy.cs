namespace SparseHybrid.Training;

/// <summary>What happens when a weight tensor that is regularised has only zeros left at the end of an epoch.</summary>
public enum DeadLayerPolicy
{
    /// <summary>
    /// The default: the metrics name the layer, the command line remarks on it, and training goes on. Networks with connections around
    /// a layer do well without it, and adaptive weights let a layer come back: its penalty is 0 until it moves.
    /// </summary>
    Warn,

    /// <summary>Training stops with a <see cref="DeadLayerException"/>: for networks without a way around a layer, whose outputs are then the same for all inputs.</summary>
    Stop,

    /// <summary>
    /// lambda of that layer falls to a tenth for the rest of the run, and again at each end of an epoch that finds it dead; backward
    /// steps that have piled up then count a tenth too, so that it comes back at once.
    /// </summary>
    Ease,

    /// <summary>Nothing: all-zero tensors are a result as good as any.</summary>
    Ignore,
}
