/// Tensors seen group by group: the box of a layout, and numbers per group.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.GroupBox

open TorchSharp

let private padded (layout: GroupLayout) (rows: int64) (columns: int64) (x: torch.Tensor) =
    let height = layout.ViewShape[0] * layout.ViewShape[1]
    let width = layout.ViewShape[2] * layout.ViewShape[3]
    let tiles = torch.zeros ([| height; width |], dtype = x.dtype, device = x.device)

    tiles.narrow(0, 0, rows).narrow(1, 0, columns).copy_(x.reshape (rows, columns))
    |> ignore

    tiles.reshape layout.ViewShape

/// <summary>The tensor as the box of its layout.</summary>
/// <param name="layout">The layout of x.</param>
/// <param name="x">Of the layout's shape. Neither changed nor disposed.</param>
/// <returns>A tensor of shape ViewShape, which may share memory with x; the caller owns it. Padding is 0.</returns>
[<CompiledName("View")>]
let view (layout: GroupLayout) (x: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()

    let box =
        match layout.Arrangement with
        | GroupArrangement.Reshaped -> x.reshape layout.ViewShape
        | GroupArrangement.PaddedMatrix(rows, columns) -> padded layout rows columns x
        | GroupArrangement.Gathered groups ->
            let padding = torch.zeros ([| 1L |], dtype = x.dtype, device = x.device)
            let extended = torch.cat ([| x.reshape -1L; padding |], 0L)
            extended.index_select(0, groups.PaddedOn x.device).reshape layout.ViewShape

    box.MoveToOuterDisposeScope()

/// <summary>The inverse of <see cref="view"/>; padding is dropped.</summary>
/// <param name="layout">The layout of the tensor.</param>
/// <param name="box">Of shape ViewShape. Neither changed nor disposed.</param>
/// <returns>A tensor of the layout's shape, which may share memory with the box; the caller owns it.</returns>
[<CompiledName("Unview")>]
let unview (layout: GroupLayout) (box: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()

    let x =
        match layout.Arrangement with
        | GroupArrangement.Reshaped -> box.reshape layout.Shape
        | GroupArrangement.PaddedMatrix(rows, columns) ->
            let matrix =
                box.reshape (layout.ViewShape[0] * layout.ViewShape[1], layout.ViewShape[2] * layout.ViewShape[3])

            matrix.narrow(0, 0, rows).narrow(1, 0, columns).reshape layout.Shape
        | GroupArrangement.Gathered groups -> box.reshape(-1L).index_select(0, groups.PlacesOn box.device).reshape layout.Shape

    x.MoveToOuterDisposeScope()

/// Full tiles everywhere, but for the last row and column of tiles.
let private perTile (layout: GroupLayout) rows columns (ofSize: int64 -> Scalar) (like: torch.Tensor) =
    let height, width = layout.ViewShape[1], layout.ViewShape[3]
    let last dimension = layout.ViewShape[dimension] - 1L
    let lastRows, lastColumns = rows - last 0 * height, columns - last 2 * width

    let tiles =
        torch.full (layout.GroupShape, ofSize (height * width), dtype = like.dtype, device = like.device)

    if tiles.NumberOfElements > 0L then
        use bottom = tiles.narrow (0, last 0, 1)
        use right = tiles.narrow (2, last 2, 1)
        use corner = bottom.narrow (2, last 2, 1)
        bottom.fill_ (ofSize (lastRows * width)) |> ignore
        right.fill_ (ofSize (height * lastColumns)) |> ignore
        corner.fill_ (ofSize (lastRows * lastColumns)) |> ignore

    tiles

/// <summary>A function of the size of each group.</summary>
/// <param name="layout">The layout.</param>
/// <param name="ofSize">The function.</param>
/// <param name="like">Gives dtype and device.</param>
/// <returns>A new tensor of the layout's group shape, or a single number where all groups are equally large; the caller
/// owns it. It is made on the device, but for groups given by hand that differ in size: those are sent there.</returns>
[<CompiledName("PerGroup")>]
let perGroup (layout: GroupLayout) (ofSize: float -> float) (like: torch.Tensor) : torch.Tensor =
    let scalar (size: int64) : Scalar = (ofSize (float size)).ToScalar()

    match layout.Arrangement with
    | GroupArrangement.PaddedMatrix(rows, columns) -> perTile layout rows columns scalar like
    | GroupArrangement.Gathered groups when not layout.IsUniform ->
        let values = groups.Sizes |> Array.map (float >> ofSize)
        use flat = torch.tensor (values, dtype = like.dtype, device = like.device)
        flat.reshape layout.GroupShape
    | _ -> torch.full ([||], scalar layout.GroupSize, dtype = like.dtype, device = like.device)

let internal zeros (layout: GroupLayout) (like: torch.Tensor) =
    torch.zeros (layout.GroupShape, dtype = like.dtype, device = like.device)

/// <summary>The Euclidean norm of each group of a box.</summary>
/// <param name="layout">The layout.</param>
/// <param name="box">Of shape ViewShape. Neither changed nor disposed.</param>
/// <returns>A new tensor of the layout's group shape; the caller owns it. Infinite where an entry is infinite, NaN where one
/// is NaN. Entries are scaled before they are squared, so that nothing overflows or underflows on the way.</returns>
[<CompiledName("Norms")>]
let norms (layout: GroupLayout) (box: torch.Tensor) : torch.Tensor =
    if Array.isEmpty layout.ReducedDimensions then
        box.abs ()
    elif box.NumberOfElements = 0L then
        zeros layout box
    else
        use _ = torch.NewDisposeScope()
        let magnitude = box.abs ()
        let largest = magnitude.amax (layout.ReducedDimensions, keepdim = true)
        let isUsual = largest.isfinite().logical_and(largest.gt (0.0.ToScalar()))
        let unit = torch.where (isUsual, largest, torch.ones_like largest)

        let squares =
            (magnitude / unit).square().sum(layout.ReducedDimensions, keepdim = true)

        (squares.sqrt () * unit).MoveToOuterDisposeScope()

/// <summary>Box times factors, where a factor belongs to a group; as a tensor of the layout's shape without -0.</summary>
let internal scale (layout: GroupLayout) (box: torch.Tensor) (factors: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()
    (unview layout (box * factors + 0.0)).MoveToOuterDisposeScope()
