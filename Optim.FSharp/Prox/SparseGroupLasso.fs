/// Proximal operator of t1 * ||x||_1 + t2 * sum of ||x_g||: whole groups vanish, and entries within those that live.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.SparseGroupLasso

open TorchSharp

/// What is known of the sum of both norms.
let facts: PenaltyFacts = PenaltyFacts.convexEven

/// <summary>The soft threshold t1 entry by entry, then the group soft threshold t2. This order only: the other one is not the
/// proximal operator of the sum.</summary>
/// <param name="threshold">t1 >= 0, in the unit of the entries of x. 0 leaves the group lasso.</param>
/// <param name="groupThreshold">t2 >= 0, in the unit of the entries of x. 0 leaves the soft threshold; both 0 is the identity.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t1 or t2 is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
/// <remarks>Friedman, Hastie and Tibshirani, arXiv:1001.0736; that the operators may be composed in this order: Yu, NIPS 2013. A NaN makes its group NaN.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (groupThreshold: float) (grouping: Grouping) (x: torch.Tensor) : torch.Tensor =
    use inner = SoftThreshold.prox threshold x
    GroupSoftThreshold.prox groupThreshold grouping inner

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t1 >= 0, in the unit of the entries of x.</param>
/// <param name="groupThreshold">t2 >= 0, in the unit of the entries of x.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t1 or t2 is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (groupThreshold: float) (grouping: Grouping) (x: torch.Tensor) : unit =
    Overwrite.by (prox threshold groupThreshold grouping) x

/// <summary>t1 * ||x||_1 + t2 * sum of ||x_g||.</summary>
/// <param name="threshold">t1 >= 0.</param>
/// <param name="groupThreshold">t2 >= 0.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype; computed in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t1 or t2 is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (groupThreshold: float) (grouping: Grouping) (x: torch.Tensor) : float =
    SoftThreshold.value threshold x
    + GroupSoftThreshold.value groupThreshold grouping x
