/// Projection onto the box lower <= x_i <= upper: the proximal operator of its indicator, which is 0 inside and infinite outside.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Box

open System
open TorchSharp

let private requireBounds (lower: float) (upper: float) =
    if not (lower <= upper && lower < infinity && upper > -infinity) then
        let message =
            $"A box needs a lower bound up to the upper one, {upper}, neither NaN; -infinity and infinity leave a side open."

        raise (ArgumentOutOfRangeException(nameof lower, lower, message))

/// <summary>What is known of the box.</summary>
/// <param name="lower">Lower bound.</param>
/// <param name="upper">Upper bound, at least lower.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">lower is above upper, or one is NaN.</exception>
[<CompiledName("Facts")>]
let facts (lower: float) (upper: float) : PenaltyFacts =
    requireBounds lower upper

    { WeakConvexity = 0.0
      IsEven = (lower = -upper) }

/// <summary>min(max(x, lower), upper), entry by entry.</summary>
/// <param name="lower">Lower bound, in the unit of the entries of x; -infinity for none.</param>
/// <param name="upper">Upper bound, at least lower; infinity for none.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">lower is above upper, or one is NaN.</exception>
/// <remarks>Parikh and Boyd, Proximal Algorithms (2014), section 6.2. NaN entries stay NaN.</remarks>
[<CompiledName("Prox")>]
let prox (lower: float) (upper: float) (x: torch.Tensor) : torch.Tensor =
    requireBounds lower upper
    use clipped = x.clamp (lower.ToScalar(), upper.ToScalar())
    clipped + 0.0 // + 0.0 turns -0 into 0

/// <summary>As <see cref="prox"/>, overwriting x; the result is the same to the last bit.</summary>
/// <param name="lower">Lower bound, in the unit of the entries of x.</param>
/// <param name="upper">Upper bound, at least lower.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">lower is above upper, or one is NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (lower: float) (upper: float) (x: torch.Tensor) : unit =
    requireBounds lower upper
    use _ = torch.no_grad ()
    use _ = torch.NewDisposeScope()
    x.clamp_(lower.ToScalar(), upper.ToScalar()).add_(0.0.ToScalar()) |> ignore

/// <summary>0 inside the box, infinity outside it or where an entry is NaN.</summary>
/// <param name="lower">Lower bound.</param>
/// <param name="upper">Upper bound, at least lower.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">lower is above upper, or one is NaN.</exception>
[<CompiledName("Value")>]
let value (lower: float) (upper: float) (x: torch.Tensor) : float =
    use _ = torch.NewDisposeScope()
    let isInside = (prox lower upper x).eq(x).all()
    if isInside.item<bool>() then 0.0 else infinity
