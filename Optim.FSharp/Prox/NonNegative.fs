/// Projection onto the non-negative tensors: the proximal operator of their indicator.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.NonNegative

open TorchSharp

/// What is known of the constraint.
let facts: PenaltyFacts = Box.facts 0.0 infinity

/// <summary>max(x, 0), entry by entry.</summary>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <remarks>Parikh and Boyd, Proximal Algorithms (2014), section 6.2. NaN entries stay NaN.</remarks>
[<CompiledName("Prox")>]
let prox (x: torch.Tensor) : torch.Tensor = Box.prox 0.0 infinity x

/// <summary>As <see cref="prox"/>, overwriting x; the result is the same to the last bit.</summary>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
[<CompiledName("ProxInPlace")>]
let proxInPlace (x: torch.Tensor) : unit = Box.proxInPlace 0.0 infinity x

/// <summary>0 where no entry is negative, else infinity; NaN counts as negative.</summary>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
[<CompiledName("Value")>]
let value (x: torch.Tensor) : float = Box.value 0.0 infinity x
