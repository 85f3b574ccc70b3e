/// Proximal operator of t * ||x||_1: every entry moves t towards zero and stops there.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.SoftThreshold

open TorchSharp

/// What is known of ||x||_1.
let facts: PenaltyFacts = PenaltyFacts.convexEven

/// <summary>sign(x) * max(|x| - t, 0), entry by entry.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x. 0 is the identity.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <remarks>Parikh and Boyd, Proximal Algorithms (2014), section 6.5.2. Computed as x - clip(x, -t, t), the Moreau
/// decomposition, which rounds once. NaN entries stay NaN, infinite entries stay infinite.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (x: torch.Tensor) : torch.Tensor =
    Errors.requireThreshold threshold
    use _ = torch.NewDisposeScope()
    let clipped = x.clamp ((-threshold).ToScalar(), threshold.ToScalar())
    (x - clipped + 0.0).MoveToOuterDisposeScope() // + 0.0 turns -0 into 0

/// <summary>As <see cref="prox"/>, overwriting x; the result is the same to the last bit.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x.</param>
/// <param name="x">Overwritten. A leaf that requires a gradient is overwritten without a trace in the graph.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (x: torch.Tensor) : unit =
    Errors.requireThreshold threshold
    use _ = torch.no_grad ()
    use clipped = x.clamp ((-threshold).ToScalar(), threshold.ToScalar())
    x.sub_(clipped).add_(0.0.ToScalar()) |> ignore

/// <summary>sign(x_i) * max(|x_i| - t_i, 0): the proximal operator of the weighted norm sum of t_i |x_i|.</summary>
/// <param name="thresholds">Entries t_i >= 0, broadcast to the shape of x; one number per group, say. Not checked,
/// since looking at them would cost a pass and, on CUDA, a wait. A NaN makes its entries NaN.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <remarks>Where t_i is infinite the result is 0 for finite x_i.</remarks>
[<CompiledName("ProxWeighted")>]
let proxWeighted (thresholds: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()
    let clipped = x.minimum(thresholds).maximum(-thresholds)
    (x - clipped + 0.0).MoveToOuterDisposeScope()

/// <summary>t * ||x||_1, the function whose proximal operator <see cref="prox"/> is.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="x">Any shape, device and floating dtype; the sum is taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (x: torch.Tensor) : float =
    Errors.requireThreshold threshold
    use _ = torch.NewDisposeScope()
    threshold * x.abs().``to``(torch.float64).sum().item<float>()
