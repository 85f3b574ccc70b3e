/// Counts of exact zeros. NaN counts as non-zero, -0 as zero.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Sparsity

open TorchSharp

/// <summary>How many entries are not exactly zero.</summary>
/// <param name="x">Any shape, device and dtype. Neither changed nor disposed.</param>
[<CompiledName("NonzeroCount")>]
let nonzeroCount (x: torch.Tensor) : int64 =
    use count = x.count_nonzero ()
    count.item<int64>()

/// <summary>How many entries are exactly zero.</summary>
/// <param name="x">Any shape, device and dtype. Neither changed nor disposed.</param>
[<CompiledName("ZeroCount")>]
let zeroCount (x: torch.Tensor) : int64 = x.NumberOfElements - nonzeroCount x

/// <summary>The share of entries that are exactly zero, from 0 to 1; 0 for an empty tensor.</summary>
/// <param name="x">Any shape, device and dtype. Neither changed nor disposed.</param>
[<CompiledName("ZeroFraction")>]
let zeroFraction (x: torch.Tensor) : float =
    if x.NumberOfElements = 0L then
        0.0
    else
        float (zeroCount x) / float x.NumberOfElements
