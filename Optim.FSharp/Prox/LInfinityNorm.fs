/// Proximal operator of t * max|x_i|: the largest magnitudes come down to a common level, the others stay.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.LInfinityNorm

open TorchSharp

/// What is known of the norm.
let facts: PenaltyFacts = PenaltyFacts.convexEven

/// <summary>x minus its projection onto the l1 ball of radius t, computed as clip(x, -theta, theta) with theta the threshold of
/// that projection. 0 where ||x||_1 is at most t.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x. 0 is the identity.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <remarks>By Moreau's decomposition: the dual of the norm is the l1 norm. Parikh and Boyd, Proximal Algorithms (2014), section
/// 6.5.2. It sorts, in float64. A NaN makes every entry NaN; an infinite entry stays infinite, and then the others stay too.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (x: torch.Tensor) : torch.Tensor =
    Errors.requireThreshold threshold

    if x.NumberOfElements = 0L then
        x.clone ()
    else
        use _ = torch.NewDisposeScope()
        let level = L1Ball.thresholdFor threshold x
        (x.minimum(level).maximum(-level) + 0.0).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (x: torch.Tensor) : unit = Overwrite.by (prox threshold) x

/// <summary>t * max|x_i|; 0 for an empty tensor.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (x: torch.Tensor) : float =
    Errors.requireThreshold threshold

    if x.NumberOfElements = 0L then
        0.0
    else
        use _ = torch.NewDisposeScope()
        threshold * x.abs().max().``to``(torch.float64).item<float>()
