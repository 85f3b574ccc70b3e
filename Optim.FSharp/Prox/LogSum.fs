/// Proximal operator of the log-sum penalty t M e * sum of log(1 + |x_i|/e) with e = m/(M - 1): t is its slope at |x| = m, and
/// t M its slope at 0. It is what the adaptively weighted l1 norm amounts to at its fixed points, with m the largest magnitude
/// held fixed; but where that norm remembers, this operator decides afresh.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.LogSum

open TorchSharp

let private requireNumbers (threshold: float) (maximumFactor: float) (maximum: float) =
    Errors.requireNonNegative (nameof threshold) "The threshold, step size * strength," threshold
    Errors.requireAbove 1.0 (nameof maximumFactor) "The maximum factor" maximumFactor
    Errors.requireAbove 0.0 (nameof maximum) "The maximum" maximum

let private epsilonOf (maximumFactor: float) (maximum: float) = maximum / (maximumFactor - 1.0)

/// <summary>What is known of the penalty: the modulus of its weak convexity is t M (M - 1)/m.</summary>
/// <param name="threshold">t >= 0; the strength, for step size 1.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Facts")>]
let facts (threshold: float) (maximumFactor: float) (maximum: float) : PenaltyFacts =
    requireNumbers threshold maximumFactor maximum
    PenaltyFacts.weaklyConvex threshold (threshold * maximumFactor / epsilonOf maximumFactor maximum)

/// <summary>The smallest magnitude of a result that is not zero: 0 for kappa = t M/e up to 1, where the operator is continuous;
/// else e u with u > 0 the root of kappa = u^2 / (2 (log(1 + u) - u/(1 + u))).</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Jump")>]
let jump (threshold: float) (maximumFactor: float) (maximum: float) : float =
    requireNumbers threshold maximumFactor maximum
    let epsilon = epsilonOf maximumFactor maximum
    let kappa = threshold * maximumFactor / epsilon

    if kappa > 1.0 then
        epsilon * LogSumRoot.solve kappa
    else
        0.0

/// <summary>T: entries of this magnitude and below become zero. t M where the operator is continuous, else
/// e (u + kappa/(1 + u)), which lies between the fold and t M.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Cutoff")>]
let cutoff (threshold: float) (maximumFactor: float) (maximum: float) : float =
    let jump = jump threshold maximumFactor maximum

    jump
    + threshold * maximumFactor / (1.0 + jump / epsilonOf maximumFactor maximum)

/// <summary>2 sqrt(t M e) - e: below this magnitude the penalised distance has no stationary point but 0. Adaptive weights keep
/// an entry alive down to here, and dead up to t M: hysteresis.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("LowerFold")>]
let lowerFold (threshold: float) (maximumFactor: float) (maximum: float) : float =
    requireNumbers threshold maximumFactor maximum
    let epsilon = epsilonOf maximumFactor maximum
    2.0 * sqrt (threshold * maximumFactor * epsilon) - epsilon

/// The operator on magnitudes z >= 0, for slopes t M at 0 and cut-offs that broadcast: the larger root x of
/// x^2 - (z - e) x - e (z - t M) = 0 above the cut-off. Of its two forms each is used where it does not cancel.
let internal shrink (epsilon: float) (slopes: torch.Tensor) (cutoffs: torch.Tensor) (magnitude: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()
    let half = magnitude - epsilon
    let product = (magnitude - slopes) * epsilon
    let root = (half.square () + product * 4.0).clamp_min(0.0.ToScalar()).sqrt()
    let small = product * 2.0 / (root - half)
    let large = ((half + root) / 2.0).minimum magnitude // rounding and overflow included, it never grows
    let kept = torch.where (half.lt (0.0.ToScalar()), small, large)
    kept.masked_fill(magnitude.le cutoffs, 0.0.ToScalar()).MoveToOuterDisposeScope()

/// <summary>The global minimiser of the penalty plus ||y - x||^2/2, entry by entry: 0 up to the cut-off T, above it
/// sign(x) * (|x| - e + sqrt((|x| + e)^2 - 4 t M e))/2.</summary>
/// <param name="threshold">t >= 0, step size * strength, in the unit of the entries of x. 0 is the identity.</param>
/// <param name="maximumFactor">M > 1, finite: slope at 0 over slope at m.</param>
/// <param name="maximum">m > 0, finite, in the unit of the entries of x.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <remarks>The penalty is that of Candes, Wakin and Boyd, J. Fourier Anal. Appl. 14 (2008), section 2. For kappa = t M/e
/// above 1 the operator jumps at T; one scalar root per call finds it. NaN entries stay NaN, infinite ones infinite.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (maximumFactor: float) (maximum: float) (x: torch.Tensor) : torch.Tensor =
    let cutoff = cutoff threshold maximumFactor maximum

    if threshold = 0.0 then
        x + 0.0 // exactly; + 0.0 turns -0 into 0
    else
        use _ = torch.NewDisposeScope()

        let number (value: float) =
            torch.tensor (value, dtype = x.dtype, device = x.device)

        let slope = number (threshold * maximumFactor)

        let magnitude =
            shrink (epsilonOf maximumFactor maximum) slope (number cutoff) (x.abs ())

        (x.sign () * magnitude + 0.0).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0, step size * strength, in the unit of the entries of x.</param>
/// <param name="maximumFactor">M > 1, finite.</param>
/// <param name="maximum">m > 0, finite, in the unit of the entries of x.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (maximumFactor: float) (maximum: float) (x: torch.Tensor) : unit =
    Overwrite.by (prox threshold maximumFactor maximum) x

/// <summary>t M e * sum of log(1 + |x_i|/e), e = m/(M - 1).</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <param name="x">Any shape, device and floating dtype; the sum is taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (maximumFactor: float) (maximum: float) (x: torch.Tensor) : float =
    requireNumbers threshold maximumFactor maximum
    use _ = torch.NewDisposeScope()
    let epsilon = epsilonOf maximumFactor maximum
    let logs = (x.abs().``to``(torch.float64) / epsilon).log1p().sum().item<float>()
    threshold * maximumFactor * epsilon * logs
