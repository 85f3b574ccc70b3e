/// Proximal operator of the smoothly clipped absolute deviation: l1 up to |x| = lambda, then a slope that falls linearly to 0 at
/// |x| = a lambda, so that large entries are left alone.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Scad

open TorchSharp

let private family: FoldedConcave.Family = { Lowest = 1.0; Symbol = "a" }

/// <summary>What is known of the penalty: the modulus of its weak convexity is 1/(a - 1).</summary>
/// <param name="strength">lambda >= 0.</param>
/// <param name="concavity">a > 1.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Facts")>]
let facts (strength: float) (concavity: float) : PenaltyFacts =
    FoldedConcave.facts family strength concavity

/// Where the proximal operator for step sizes of a - 1 and more turns from the soft threshold to the identity: both reach the
/// same penalised distance there. Stationary points between lambda and a lambda are maxima then.
let private switch (stepSize: float) (strength: float) (concavity: float) =
    if stepSize < concavity + 1.0 then
        strength * (concavity + 1.0 + stepSize) / 2.0
    else
        strength * sqrt (stepSize * (concavity + 1.0))

/// <summary>For step sizes s below a - 1: S(x, s lambda) up to (1 + s) lambda, then ((a - 1) x - sign(x) s a lambda)/(a - 1 - s)
/// up to a lambda, then x. For larger ones: S(x, s lambda) up to (a + 1 + s) lambda/2, or up to lambda sqrt(s (a + 1)) from s = a + 1
/// on, then x.</summary>
/// <param name="stepSize">s >= 0. 0 is the identity.</param>
/// <param name="strength">lambda >= 0, the slope at 0. 0 is the identity.</param>
/// <param name="concavity">a > 1; above 2 as published, where 3.7 is recommended.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <remarks>Fan and Li, J. Am. Stat. Assoc. 96 (2001), equation (2.8), there for s = 1. NaN entries stay NaN, infinite entries stay
/// infinite.</remarks>
[<CompiledName("Prox")>]
let prox (stepSize: float) (strength: float) (concavity: float) (x: torch.Tensor) : torch.Tensor =
    Errors.requireNonNegative (nameof stepSize) "The step size" stepSize
    FoldedConcave.require family strength concavity
    use _ = torch.NewDisposeScope()
    let magnitude = x.abs ()
    let soft = SoftThreshold.prox (stepSize * strength) x

    let next =
        if stepSize < concavity - 1.0 then
            let slope = concavity - 1.0

            let relaxed =
                SoftThreshold.prox (stepSize * strength * concavity / slope) x
                * (slope / (slope - stepSize))

            let isInner = magnitude.le ((strength * (1.0 + stepSize)).ToScalar())
            let isMiddle = magnitude.le ((strength * concavity).ToScalar())
            torch.where (isInner, soft, torch.where (isMiddle, relaxed, x))
        else
            torch.where (magnitude.le ((switch stepSize strength concavity).ToScalar()), soft, x)

    (next + 0.0).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="stepSize">s >= 0.</param>
/// <param name="strength">lambda >= 0.</param>
/// <param name="concavity">a > 1.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (stepSize: float) (strength: float) (concavity: float) (x: torch.Tensor) : unit =
    Overwrite.by (prox stepSize strength concavity) x

/// <summary>Sum of lambda |x_i| up to |x_i| = lambda, of (2 a lambda |x_i| - x_i^2 - lambda^2)/(2 (a - 1)) up to a lambda, and of
/// lambda^2 (a + 1)/2 beyond.</summary>
/// <param name="strength">lambda >= 0.</param>
/// <param name="concavity">a > 1.</param>
/// <param name="x">Any shape, device and floating dtype; the sum is taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Value")>]
let value (strength: float) (concavity: float) (x: torch.Tensor) : float =
    FoldedConcave.require family strength concavity
    use _ = torch.NewDisposeScope()

    let magnitude = FoldedConcave.risingPart strength concavity x

    let excess = (magnitude - strength).clamp_min(0.0.ToScalar()) // how far into the falling part
    (magnitude * strength - excess.square () / (2.0 * (concavity - 1.0))).sum().item<float>()
