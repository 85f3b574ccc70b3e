/// Projection onto N:M sparsity: of every m consecutive entries at most n are not zero. 2:4 is what sparse tensor cores compute
/// with. A weight is seen as the matrix [first dimension; all others], a vector or number as one row; the entries follow each other
/// along its rows, and the last ones of a row, fewer than m, keep n as well.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.NToM

open System
open TorchSharp

let private requireNumbers (kept: int) (consecutive: int) =
    if consecutive < 1 then
        raise (ArgumentOutOfRangeException(nameof consecutive, consecutive, "m, the length of a run, must be 1 or more."))

    if kept < 0 || kept > consecutive then
        raise (ArgumentOutOfRangeException(nameof kept, kept, $"n, the entries kept of {consecutive}, must lie between 0 and {consecutive}."))

/// <summary>What is known of the constraint: it is not convex unless everything or nothing is kept.</summary>
/// <param name="kept">n, from 0 to m.</param>
/// <param name="consecutive">m, 1 or more.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Facts")>]
let facts (kept: int) (consecutive: int) : PenaltyFacts =
    requireNumbers kept consecutive

    { WeakConvexity = if kept = 0 || kept = consecutive then 0.0 else infinity
      IsEven = true }

/// Runs along the rows of the matrix; the last run of a row is padded with zeros.
let private layout (consecutive: int) (x: torch.Tensor) =
    let shape =
        if x.dim () < 2L then
            [| 1L; x.NumberOfElements |]
        else
            x.shape

    Grouping.layout (Grouping.Block(1, consecutive)) shape

/// How many entries of its run beat each entry: by a larger magnitude, or by the same one further ahead.
let private ranks (runs: torch.Tensor) =
    use _ = torch.NewDisposeScope()
    let length = runs.shape[3]
    let magnitude = runs.abs ()

    let places =
        torch.arange (length.ToScalar(), dtype = torch.int64, device = runs.device)

    let mutable ranks =
        torch.zeros (runs.shape, dtype = torch.int64, device = runs.device)

    for place in 0L .. length - 1L do
        let rival = magnitude.narrow (3, place, 1)
        let isTie = rival.eq(magnitude).logical_and(places.gt (place.ToScalar()))
        ranks <- ranks + rival.gt(magnitude).logical_or isTie

    ranks.MoveToOuterDisposeScope()

/// <summary>The n largest magnitudes of every m consecutive entries; of equal ones the first. The others become 0.</summary>
/// <param name="kept">n, from 0 to m. n = m is the identity.</param>
/// <param name="consecutive">m, 1 or more.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <remarks>Mishra et al., Accelerating Sparse Deep Neural Networks, arXiv:2104.08378. NaN entries stay NaN and take no other entry's
/// place.</remarks>
[<CompiledName("Prox")>]
let prox (kept: int) (consecutive: int) (x: torch.Tensor) : torch.Tensor =
    requireNumbers kept consecutive

    if kept = consecutive || x.NumberOfElements = 0L then
        x + 0.0
    else
        use _ = torch.NewDisposeScope()
        let layout = layout consecutive x
        let runs = GroupBox.view layout (x.reshape layout.Shape)
        let isKept = (ranks runs).lt(kept.ToScalar()).logical_or(runs.isnan ())
        let projected = torch.where (isKept, runs, torch.zeros_like runs) + 0.0
        (GroupBox.unview layout projected).reshape(x.shape).MoveToOuterDisposeScope()

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="kept">n, from 0 to m.</param>
/// <param name="consecutive">m, 1 or more.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (kept: int) (consecutive: int) (x: torch.Tensor) : unit = Overwrite.by (prox kept consecutive) x

/// <summary>0 where every run has at most n entries that are not zero, else infinity.</summary>
/// <param name="kept">n, from 0 to m.</param>
/// <param name="consecutive">m, 1 or more.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Value")>]
let value (kept: int) (consecutive: int) (x: torch.Tensor) : float =
    use projected = prox kept consecutive x

    if Sparsity.nonzeroCount projected = Sparsity.nonzeroCount x then
        0.0
    else
        infinity
