namespace SparseHybrid.Optim

open TorchSharp

/// Which entries of a weight share one regularisation weight, and so tend to vanish together.
[<RequireQualifiedAccess>]
type Grouping =
    /// Every entry on its own.
    | Element
    /// One group per pair of output and input channel of a convolution weight [out; in; ...]: one spatial kernel.
    | Kernel
    /// One group per output channel of a convolution weight [out; in; ...]: one whole filter.
    | OutputFilter

/// How the groups of one tensor lie in it: seen in ViewShape, a group is all entries that differ only along
/// ReducedDimensions.
type GroupLayout =
    {
        /// The shape in which the groups are boxes; it has as many entries as the tensor.
        ViewShape: int64[]
        /// Dimensions of ViewShape, ascending, that run inside a group. None: every entry is its own group.
        ReducedDimensions: int64[]
    }

    /// Shape of a tensor with one number per group; it broadcasts against ViewShape.
    member layout.GroupShape =
        layout.ViewShape
        |> Array.mapi (fun dimension size ->
            if Array.contains (int64 dimension) layout.ReducedDimensions then
                1L
            else
                size)

    /// Entries per group, n.
    member layout.GroupSize =
        layout.ReducedDimensions
        |> Array.fold (fun size dimension -> size * layout.ViewShape[int dimension]) 1L

    /// Whether the entries of a group follow each other in a contiguous tensor, group after group.
    member layout.IsRuns =
        let rank = layout.ViewShape.LongLength
        let kept = rank - layout.ReducedDimensions.LongLength
        layout.ReducedDimensions = [| kept .. rank - 1L |]

/// Groups of a tensor, by its shape.
[<RequireQualifiedAccess>]
module Grouping =
    /// <summary>Where the groups lie in a tensor of this shape.</summary>
    /// <param name="grouping">The grouping asked for.</param>
    /// <param name="shape">Shape of the weight. Rank 2 and below (linear layers, biases) is always Element, as the
    /// method was published; rank 3 to 5 are convolutions over 1 to 3 dimensions.</param>
    [<CompiledName("Layout")>]
    let layout (grouping: Grouping) (shape: int64[]) : GroupLayout =
        let rank = shape.LongLength

        let firstReduced =
            match grouping with
            | _ when rank <= 2L -> rank
            | Grouping.Element -> rank
            | Grouping.Kernel -> 2L
            | Grouping.OutputFilter -> 1L

        { ViewShape = shape
          ReducedDimensions = [| firstReduced .. rank - 1L |] }

    /// <summary>Mean of |x| over each group.</summary>
    /// <param name="layout">The layout of x.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor of the layout's group shape; the caller owns it.</returns>
    [<CompiledName("MeanMagnitude")>]
    let meanMagnitude (layout: GroupLayout) (x: torch.Tensor) : torch.Tensor =
        if Array.isEmpty layout.ReducedDimensions then
            x.abs ()
        else
            use magnitude = x.abs ()
            use view = magnitude.reshape layout.ViewShape
            view.mean (layout.ReducedDimensions, keepdim = true)
