namespace SparseHybrid.Optim

/// How the groups' box is filled from the tensor.
[<RequireQualifiedAccess>]
type GroupArrangement =
    /// The box is the tensor reshaped.
    | Reshaped
    /// The box is the tensor as a matrix of this size, padded with zeros to full tiles, then reshaped.
    | PaddedMatrix of rows: int64 * columns: int64
    /// The entries of each group are gathered one by one; short groups are padded with zeros.
    | Gathered of groups: IndexGroups

/// How the groups of one tensor lie in it: in a box of shape ViewShape, a group is all entries that differ only along
/// ReducedDimensions.
type GroupLayout =
    {
        /// The tensor's shape.
        Shape: int64[]
        /// The shape of the box.
        ViewShape: int64[]
        /// Dimensions of ViewShape, ascending, that run inside a group. None: every entry is its own group.
        ReducedDimensions: int64[]
        /// How the box is filled.
        Arrangement: GroupArrangement
    }

    /// Shape of a tensor with one number per group; it broadcasts against ViewShape.
    member layout.GroupShape =
        layout.ViewShape
        |> Array.mapi (fun dimension size ->
            if Array.contains (int64 dimension) layout.ReducedDimensions then
                1L
            else
                size)

    /// Entries per group, n; of the largest group where they differ.
    member layout.GroupSize =
        layout.ReducedDimensions
        |> Array.fold (fun size dimension -> size * layout.ViewShape[int dimension]) 1L

    /// Whether every group has GroupSize entries.
    member layout.IsUniform =
        match layout.Arrangement with
        | GroupArrangement.Reshaped -> true
        | GroupArrangement.PaddedMatrix _ -> false
        | GroupArrangement.Gathered groups -> groups.Sizes |> Array.forall ((=) groups.Longest)

    /// Entries of each group, in the order of a contiguous tensor of shape GroupShape.
    member layout.GroupSizes: int64[] =
        match layout.Arrangement with
        | GroupArrangement.Reshaped -> Array.create (Array.fold (*) 1L layout.GroupShape |> int) layout.GroupSize
        | GroupArrangement.PaddedMatrix(rows, columns) ->
            let along dimension length =
                let tile = layout.ViewShape[dimension + 1]
                [| for start in 0L .. tile .. length - 1L -> min tile (length - start) |]

            Array.allPairs (along 0 rows) (along 2 columns)
            |> Array.map (fun (rows, columns) -> rows * columns)
        | GroupArrangement.Gathered groups -> groups.Sizes

    /// Whether the entries of a group follow each other in a contiguous tensor, group after group.
    member layout.IsRuns =
        let rank = layout.ViewShape.LongLength
        let kept = rank - layout.ReducedDimensions.LongLength

        layout.Arrangement = GroupArrangement.Reshaped
        && layout.ReducedDimensions = [| kept .. rank - 1L |]
