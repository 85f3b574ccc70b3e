/// Proximal operator of the minimax concave penalty: slope lambda at 0, falling linearly to 0 at |x| = gamma lambda, so that
/// large entries are left alone.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Mcp

open TorchSharp

let private family: FoldedConcave.Family = { Lowest = 0.0; Symbol = "gamma" }

/// <summary>What is known of the penalty: the modulus of its weak convexity is 1/gamma.</summary>
/// <param name="strength">lambda >= 0.</param>
/// <param name="concavity">gamma > 0.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Facts")>]
let facts (strength: float) (concavity: float) : PenaltyFacts =
    FoldedConcave.facts family strength concavity

/// <summary>For step sizes s below gamma: 0 up to s lambda, then S(x, s lambda)/(1 - s/gamma) up to gamma lambda, then x.
/// For larger ones: 0 up to lambda sqrt(s gamma), then x, a hard threshold.</summary>
/// <param name="stepSize">s >= 0. 0 is the identity.</param>
/// <param name="strength">lambda >= 0, the slope at 0. 0 is the identity.</param>
/// <param name="concavity">gamma > 0, in the unit of the step size.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <remarks>Zhang, Ann. Statist. 38 (2010), equation (2.1); the operator for s = 1 is in Breheny and Huang, Ann. Appl. Stat. 5
/// (2011). NaN entries stay NaN, infinite entries stay infinite.</remarks>
[<CompiledName("Prox")>]
let prox (stepSize: float) (strength: float) (concavity: float) (x: torch.Tensor) : torch.Tensor =
    Errors.requireNonNegative (nameof stepSize) "The step size" stepSize
    FoldedConcave.require family strength concavity

    if stepSize >= concavity then
        HardThreshold.prox (strength * strength * stepSize * concavity / 2.0) x
    else
        use _ = torch.NewDisposeScope()

        let shrunk =
            SoftThreshold.prox (stepSize * strength) x / (1.0 - stepSize / concavity)

        let isSmall = x.abs().le((concavity * strength).ToScalar())
        (torch.where (isSmall, shrunk, x) + 0.0).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="stepSize">s >= 0.</param>
/// <param name="strength">lambda >= 0.</param>
/// <param name="concavity">gamma > 0.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (stepSize: float) (strength: float) (concavity: float) (x: torch.Tensor) : unit =
    Overwrite.by (prox stepSize strength concavity) x

/// <summary>Sum of lambda |x_i| - x_i^2/(2 gamma) up to |x_i| = gamma lambda, and of gamma lambda^2/2 beyond.</summary>
/// <param name="strength">lambda >= 0.</param>
/// <param name="concavity">gamma > 0.</param>
/// <param name="x">Any shape, device and floating dtype; the sum is taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Value")>]
let value (strength: float) (concavity: float) (x: torch.Tensor) : float =
    FoldedConcave.require family strength concavity
    use _ = torch.NewDisposeScope()

    let magnitude = FoldedConcave.risingPart strength concavity x

    (magnitude * strength - magnitude.square () / (2.0 * concavity)).sum().item<float>()
