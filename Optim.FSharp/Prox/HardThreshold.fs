/// Proximal operator of t * ||x||_0, t for each entry that is not zero: small entries become zero, the others stay.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.HardThreshold

open TorchSharp

let private requireThreshold (threshold: float) =
    Errors.requireNonNegative (nameof threshold) "The price of an entry, step size * strength," threshold

/// <summary>What is known of t * ||x||_0: no multiple of the square makes it convex.</summary>
/// <param name="threshold">t >= 0.</param>
[<CompiledName("Facts")>]
let facts (threshold: float) : PenaltyFacts =
    PenaltyFacts.weaklyConvex threshold infinity

/// <summary>sqrt(2 t): entries of this magnitude and below become zero. At equality both 0 and the entry are minimisers.</summary>
/// <param name="threshold">t >= 0, in the unit of the squared entries.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Cutoff")>]
let cutoff (threshold: float) : float =
    requireThreshold threshold
    sqrt (2.0 * threshold)

/// <summary>x where |x| > sqrt(2 t), else 0, entry by entry.</summary>
/// <param name="threshold">t >= 0, in the unit of the squared entries of x. 0 is the identity.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <remarks>Blumensath and Davies, J. Fourier Anal. Appl. 14 (2008). NaN entries stay NaN, infinite entries
/// stay infinite.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (x: torch.Tensor) : torch.Tensor =
    let cutoff = cutoff threshold
    use _ = torch.NewDisposeScope()
    x.masked_fill(x.abs().le(cutoff.ToScalar()), 0.0.ToScalar()).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x; the result is the same to the last bit.</summary>
/// <param name="threshold">t >= 0, in the unit of the squared entries of x.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (x: torch.Tensor) : unit =
    let cutoff = cutoff threshold
    use _ = torch.no_grad ()
    use _ = torch.NewDisposeScope()
    x.masked_fill_ (x.abs().le(cutoff.ToScalar()), 0.0.ToScalar()) |> ignore

/// <summary>t times the number of entries that are not zero; NaN counts as one.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (x: torch.Tensor) : float =
    requireThreshold threshold
    use count = x.count_nonzero ()
    threshold * float (count.item<int64>())
