/// Proximal operator of t * sum of sqrt|x_i|, the l1/2 quasi-norm, in closed form.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.HalfThreshold

open System
open TorchSharp

/// <summary>What is known of t * sum of sqrt|x_i|: no multiple of the square makes it convex.</summary>
/// <param name="threshold">t >= 0.</param>
[<CompiledName("Facts")>]
let facts (threshold: float) : PenaltyFacts =
    PenaltyFacts.weaklyConvex threshold infinity

/// <summary>3/2 * t^(2/3): entries of this magnitude and below become zero. Just above, the result is t^(2/3).</summary>
/// <param name="threshold">t >= 0, in the unit of the entries to the power 3/2.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Cutoff")>]
let cutoff (threshold: float) : float =
    Errors.requireThreshold threshold
    1.5 * Math.Cbrt(threshold * threshold)

/// <summary>2/3 * x * (1 + cos(2 pi/3 - 2/3 * phi)) with cos phi = t/4 * (|x|/3)^(-3/2) where |x| > 3/2 * t^(2/3), else 0.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x to the power 3/2. 0 is the identity.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <remarks>Xu, Chang, Xu and Zhang, IEEE Trans. Neural Netw. Learn. Syst. 23 (2012), whose lambda is 2 t because
/// their square has no factor 1/2. NaN entries stay NaN, infinite entries stay infinite.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (x: torch.Tensor) : torch.Tensor =
    let cutoff = cutoff threshold

    if threshold = 0.0 then
        x + 0.0 // exactly; + 0.0 turns -0 into 0
    else
        use _ = torch.NewDisposeScope()
        let magnitude = x.abs ()
        let cosine = (magnitude / 3.0).pow((-1.5).ToScalar()) * (threshold / 4.0)

        let angle =
            cosine.clamp_max(1.0.ToScalar()).acos() * (-2.0 / 3.0) + 2.0 * Math.PI / 3.0

        let kept = x * ((angle.cos () + 1.0) * (2.0 / 3.0))
        kept.masked_fill(magnitude.le (cutoff.ToScalar()), 0.0.ToScalar()).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x to the power 3/2.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (x: torch.Tensor) : unit = Overwrite.by (prox threshold) x

/// <summary>t * sum of sqrt|x_i|.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="x">Any shape, device and floating dtype; the sum is taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (x: torch.Tensor) : float =
    Errors.requireThreshold threshold
    use _ = torch.NewDisposeScope()
    threshold * x.abs().``to``(torch.float64).sqrt().sum().item<float>()
