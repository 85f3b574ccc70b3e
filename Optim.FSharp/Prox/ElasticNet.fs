/// Proximal operator of t * ||x||_1 + q/2 * ||x||^2: a soft threshold, then a shrinkage of what is left.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.ElasticNet

open TorchSharp

/// What is known of the elastic net.
let facts: PenaltyFacts = PenaltyFacts.convexEven

let private requireQuadratic (quadratic: float) =
    Errors.requireNonNegative (nameof quadratic) "The quadratic factor, step size * its strength," quadratic

/// <summary>S(x, t) / (1 + q), entry by entry, with S the soft threshold.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x.</param>
/// <param name="quadratic">q >= 0, without unit. 0 leaves the soft threshold; both 0 is the identity.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t or q is negative, infinite or NaN.</exception>
/// <remarks>Zou and Hastie, J. R. Stat. Soc. B 67 (2005); Parikh and Boyd, Proximal Algorithms (2014), section 6.5.3. NaN
/// entries stay NaN, infinite entries stay infinite.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (quadratic: float) (x: torch.Tensor) : torch.Tensor =
    requireQuadratic quadratic
    use shrunk = SoftThreshold.prox threshold x
    shrunk / (1.0 + quadratic)

/// <summary>As <see cref="prox"/>, overwriting x; the result is the same to the last bit.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x.</param>
/// <param name="quadratic">q >= 0, without unit.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t or q is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (quadratic: float) (x: torch.Tensor) : unit =
    requireQuadratic quadratic
    use _ = torch.no_grad ()
    SoftThreshold.proxInPlace threshold x
    x.div_ ((1.0 + quadratic).ToScalar()) |> ignore

/// <summary>t * ||x||_1 + q/2 * ||x||^2.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="quadratic">q >= 0.</param>
/// <param name="x">Any shape, device and floating dtype; the sums are taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t or q is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (quadratic: float) (x: torch.Tensor) : float =
    requireQuadratic quadratic
    use _ = torch.NewDisposeScope()
    let squares = x.``to``(torch.float64).square().sum().item<float>()
    SoftThreshold.value threshold x + quadratic / 2.0 * squares
