namespace SparseHybrid.Optim

open System
open TorchSharp

/// Which entries of a weight share one regularisation weight, and so tend to vanish together. Kernel, OutputFilter and
/// InputChannel divide convolution weights, which have rank 3 to 5, and leave other ranks entry by entry, as the method was
/// published. Row, Column and Block divide weights of rank 2 and above and leave vectors and numbers entry by entry.
[<RequireQualifiedAccess>]
type Grouping =
    /// Every entry on its own.
    | Element
    /// One group per pair of output and input channel of a convolution weight [out; in; ...]: one spatial kernel.
    | Kernel
    /// One group per output channel of a convolution weight [out; in; ...]: one whole filter. The published code's "channel".
    | OutputFilter
    /// One group per input channel of a convolution. A convolution in g groups has the weight [out; in / g; ...], where each
    /// input channel meets out / g filters only: g must be told. 1 for ordinary ones, the number of channels for depthwise
    /// ones.
    | InputChannel of convolutionGroups: int
    /// One group per index of the first dimension: one output unit of a linear weight [out; in].
    | Row
    /// One group per entry of a slice along the first dimension: one input unit of a linear weight [out; in].
    | Column
    /// Tiles of the weight seen as the matrix [first dimension; all others]. The last tiles of a row or column are smaller
    /// where the size does not divide the matrix.
    | Block of rows: int * columns: int
    /// Groups given by hand, for weights with that number of entries.
    | Indices of groups: IndexGroups

/// Groups of a tensor, by its shape.
[<RequireQualifiedAccess>]
module Grouping =
    let private requirePositive (name: string) (meaning: string) (value: int) =
        if value < 1 then
            raise (ArgumentOutOfRangeException(name, value, $"{meaning} must be 1 or more."))

    let internal validate (grouping: Grouping) : unit =
        match grouping with
        | Grouping.InputChannel convolutionGroups ->
            requirePositive (nameof convolutionGroups) "The number of a convolution's groups" convolutionGroups
        | Grouping.Block(rows, columns) ->
            requirePositive (nameof rows) "The rows of a block" rows
            requirePositive (nameof columns) "The columns of a block" columns
        | Grouping.Element
        | Grouping.Kernel
        | Grouping.OutputFilter
        | Grouping.Row
        | Grouping.Column
        | Grouping.Indices _ -> ()

    let private reshaped shape viewShape reduced =
        { Shape = shape
          ViewShape = viewShape
          ReducedDimensions = reduced
          Arrangement = GroupArrangement.Reshaped }

    let private inputChannels (convolutionGroups: int) (shape: int64[]) =
        let groups = int64 convolutionGroups
        let rank = shape.LongLength

        if shape[0] % groups <> 0L then
            let message =
                $"A convolution in {groups} groups has a weight whose first dimension is a multiple of {groups}; this weight has shape {Errors.shapeText shape}."

            raise (ArgumentException(message, nameof shape))

        let box = Array.concat [ [| groups; shape[0] / groups; shape[1] |]; shape[2..] ]

        reshaped shape box (Array.append [| 1L |] [| 3L .. rank |])

    let private blocks (rows: int) (columns: int) (shape: int64[]) =
        let height, width = shape[0], Array.fold (*) 1L shape[1..]

        let rows, columns =
            min (int64 rows) (max 1L height), min (int64 columns) (max 1L width)

        let tiles length tile = (length + tile - 1L) / tile

        let arrangement =
            if height % rows = 0L && width % columns = 0L then
                GroupArrangement.Reshaped
            else
                GroupArrangement.PaddedMatrix(height, width)

        { Shape = shape
          ViewShape = [| tiles height rows; rows; tiles width columns; columns |]
          ReducedDimensions = [| 1L; 3L |]
          Arrangement = arrangement }

    let private gathered (groups: IndexGroups) (shape: int64[]) =
        let entries = Array.fold (*) 1L shape

        if entries <> groups.EntryCount then
            let message =
                $"The groups divide {groups.EntryCount} entries; the weight of shape {Errors.shapeText shape} has {entries}."

            raise (ArgumentException(message, nameof shape))

        { Shape = shape
          ViewShape = [| groups.Sizes.LongLength; groups.Longest |]
          ReducedDimensions = [| 1L |]
          Arrangement = GroupArrangement.Gathered groups }

    /// <summary>Where the groups lie in a tensor of this shape.</summary>
    /// <param name="grouping">The grouping asked for.</param>
    /// <param name="shape">Shape of the weight.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number of the grouping is below 1.</exception>
    /// <exception cref="T:System.ArgumentException">The first dimension is not a multiple of the convolution's groups, or the
    /// groups given by hand divide another number of entries.</exception>
    [<CompiledName("Layout")>]
    let layout (grouping: Grouping) (shape: int64[]) : GroupLayout =
        validate grouping
        let rank = shape.LongLength
        let elements = reshaped shape shape [||]

        match grouping with
        | Grouping.Indices groups -> gathered groups shape
        | Grouping.Element -> elements
        | Grouping.Kernel when rank > 2L -> reshaped shape shape [| 2L .. rank - 1L |]
        | Grouping.OutputFilter when rank > 2L -> reshaped shape shape [| 1L .. rank - 1L |]
        | Grouping.InputChannel 1 when rank > 2L -> reshaped shape shape (Array.append [| 0L |] [| 2L .. rank - 1L |])
        | Grouping.InputChannel convolutionGroups when rank > 2L -> inputChannels convolutionGroups shape
        | Grouping.Row when rank > 1L -> reshaped shape shape [| 1L .. rank - 1L |]
        | Grouping.Column when rank > 1L -> reshaped shape shape [| 0L |]
        | Grouping.Block(rows, columns) when rank > 1L -> blocks rows columns shape
        | _ -> elements

    /// <summary>Mean of |x| over each group.</summary>
    /// <param name="layout">The layout of x.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor of the layout's group shape; the caller owns it.</returns>
    [<CompiledName("MeanMagnitude")>]
    let meanMagnitude (layout: GroupLayout) (x: torch.Tensor) : torch.Tensor =
        if Array.isEmpty layout.ReducedDimensions then
            x.abs ()
        elif x.NumberOfElements = 0L then
            GroupBox.zeros layout x
        else
            use _ = torch.NewDisposeScope()
            let magnitude = (GroupBox.view layout x).abs()

            let mean =
                if layout.IsUniform then
                    magnitude.mean (layout.ReducedDimensions, keepdim = true)
                else
                    magnitude.sum (layout.ReducedDimensions, keepdim = true)
                    / GroupBox.perGroup layout id x

            mean.MoveToOuterDisposeScope()

/// Groupings by name, checked as they are made; how C# makes those with numbers.
[<AbstractClass; Sealed>]
type Groupings private () =
    static let validated grouping =
        Grouping.validate grouping
        grouping

    /// <summary>One group per input channel of a convolution.</summary>
    /// <param name="convolutionGroups">The groups of the convolution: 1 for ordinary ones, its channels for depthwise ones.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The number is below 1.</exception>
    static member InputChannel(convolutionGroups: int) =
        validated (Grouping.InputChannel convolutionGroups)

    /// <summary>Tiles of the weight seen as a matrix; the last ones may be smaller.</summary>
    /// <param name="rows">Rows of a tile, 1 or more.</param>
    /// <param name="columns">Columns of a tile, 1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is below 1.</exception>
    static member Block(rows: int, columns: int) =
        validated (Grouping.Block(rows, columns))

    /// <summary>Groups given by hand.</summary>
    /// <param name="groups">For each group the indices of its entries, row-major from 0; together they hold each entry of the
    /// weight once.</param>
    /// <exception cref="T:System.ArgumentException">An index is missing, there twice or out of range, or a group is empty.</exception>
    static member Indices(groups: seq<#seq<int64>>) =
        Grouping.Indices(IndexGroups.Create groups)
