namespace SparseHybrid.Optim

open TorchSharp

/// Whose running averages an adaptive weight is compared with.
[<RequireQualifiedAccess>]
type MaximumScope =
    /// The largest of its own tensor, as <see cref="T:SparseHybrid.Optim.DualAveraging"/> does it.
    | PerTensor
    /// The largest of all tensors of the same shape; the published code for residual networks.
    | PerShape
    /// The largest of all tensors.
    | Global
