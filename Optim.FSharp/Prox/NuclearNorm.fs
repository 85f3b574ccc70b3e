/// Proximal operator of t times the nuclear norm, the sum of the singular values: a soft threshold on these, which lowers the rank.
/// A weight is seen as the matrix [first dimension; all others], a vector or number as one row.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.NuclearNorm

open TorchSharp

let private asMatrix (x: torch.Tensor) =
    if x.dim () < 2L then
        x.reshape (1L, -1L)
    else
        x.reshape (x.shape[0], -1L)

let private allFinite (x: torch.Tensor) =
    use _ = torch.NewDisposeScope()
    x.isfinite().all().item<bool>()

/// What is known of the norm.
let facts: PenaltyFacts = PenaltyFacts.convexEven

/// <summary>U S(D, t) V^T for x = U D V^T: singular values up to t become 0, the others t smaller.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x. 0 is the identity.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <remarks>Cai, Candes and Shen, SIAM J. Optim. 20 (2010), theorem 2.1. A singular value decomposition each time: m n min(m, n)
/// operations. An entry that is NaN or infinite makes every entry NaN, unless t is 0.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (x: torch.Tensor) : torch.Tensor =
    Errors.requireThreshold threshold

    if threshold = 0.0 || x.NumberOfElements = 0L then
        x + 0.0 // exactly; + 0.0 turns -0 into 0
    elif not (allFinite x) then
        torch.full_like (x, nan.ToScalar())
    else
        use _ = torch.NewDisposeScope()

        let struct (left, values, right) =
            torch.linalg.svd (asMatrix x, fullMatrices = false)

        let shrunk = SoftThreshold.prox threshold values
        ((left * shrunk).matmul(right).reshape x.shape + 0.0).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (x: torch.Tensor) : unit = Overwrite.by (prox threshold) x

/// <summary>t times the sum of the singular values; NaN where an entry is NaN or infinite.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="x">Any shape, device and floating dtype; computed in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (x: torch.Tensor) : float =
    Errors.requireThreshold threshold

    if x.NumberOfElements = 0L then
        0.0
    elif not (allFinite x) then
        nan
    else
        use _ = torch.NewDisposeScope()

        let struct (_, values, _) =
            torch.linalg.svd ((asMatrix x).``to`` torch.float64, fullMatrices = false)

        threshold * values.sum().item<float>()
