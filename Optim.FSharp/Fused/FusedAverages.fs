/// First pass of the fused step: running averages of the groups, and the largest of them. It rounds as
/// AdaptiveL1.updateAverage does, but for the sums over groups, which are taken in float64.
module internal SparseHybrid.Optim.FusedAverages

open System
open System.Buffers
open System.Runtime.Intrinsics

/// What the average keeps and what it takes of the magnitude.
[<Struct>]
type Shares = { Kept: float32; Fresh: float32 }

/// Averages of single entries; the largest of them, NaN if one is.
let private updateElements (shares: Shares) (parameter: Floats) (average: Floats) : float32 =
    Lanes.fold parameter.Length Vector512<int>.Zero (fun load store i largest ->
        let magnitude = Vector512.Abs(load parameter i)
        let updated = Lanes.flush (load average i * shares.Kept + magnitude * shares.Fresh)
        store updated average i
        Vector512.Max(largest, Lanes.keys updated))
    |> Lanes.largest

/// Sum of the magnitudes of a run of the parameter.
let private sumRun (parameter: Floats) (start: int) (length: int) : float =
    Lanes.fold length Vector512<float>.Zero (fun load _ i sums ->
        let magnitude = Vector512.Abs(load (parameter.Slice(start, length)) i)
        sums + Vector512.WidenLower magnitude + Vector512.WidenUpper magnitude)
    |> Vector512.Sum

/// Adds the magnitudes of one repetition's runs, which follow each other, to the sums of their groups.
let private addRuns (parameter: Floats) (start: int) (run: int) (sums: Span<float>) =
    if run = 1 then
        for group in 0 .. sums.Length - 1 do
            sums[group] <- sums[group] + float (MathF.Abs parameter[start + group])
    else
        for group in 0 .. sums.Length - 1 do
            sums[group] <- sums[group] + sumRun parameter (start + group * run) run

/// Groups whose sums are kept side by side while the repetitions pass.
let private tile = 512

let private updateTile (shares: Shares) (walk: GroupWalk) parameter (average: Floats) (firstGroup: int) (sums: Span<float>) =
    let outer, inner = Math.DivRem(firstGroup, walk.Inner)
    sums.Clear()

    for repetition in 0 .. walk.Across - 1 do
        addRuns parameter (((outer * walk.Across + repetition) * walk.Inner + inner) * walk.Run) walk.Run sums

    let mutable average = average
    let mutable largest = 0.0f

    for i in 0 .. sums.Length - 1 do
        let magnitude = float32 sums[i] / float32 walk.GroupSize
        let updated = average[firstGroup + i] * shares.Kept + magnitude * shares.Fresh
        average[firstGroup + i] <- if updated < Lanes.Smallest then 0.0f else updated
        largest <- MathF.Max(largest, average[firstGroup + i])

    largest

/// The same for these groups, tile by tile; a tile never goes over the end of the groups that take turns.
let private updateGroups shares (walk: GroupWalk) parameter average (firstGroup: int) (count: int) : float32 =
    let sums = ArrayPool<float>.Shared.Rent tile
    let mutable largest = 0.0f
    let mutable group = firstGroup

    while group < firstGroup + count do
        let turns =
            if walk.Across = 1 then
                tile
            else
                walk.Inner - group % walk.Inner

        let length = min (min tile turns) (firstGroup + count - group)
        largest <- MathF.Max(largest, updateTile shares walk parameter average group (sums.AsSpan(0, length)))
        group <- group + length

    ArrayPool<float>.Shared.Return sums
    largest

/// Overwrites the averages of all groups and returns the largest; NaN if one is.
let update (shares: Shares) (walk: GroupWalk) (parameter: Floats) (average: Floats) : float32 =
    let maxima = ArrayPool<float32>.Shared.Rent Chunks.Most
    let chunks = Chunks.ofItems average.Length walk.GroupSize

    Chunks.run chunks (fun number start length ->
        maxima[number] <-
            if walk.IsElementwise then
                updateElements shares (parameter.Slice(start, length)) (average.Slice(start, length))
            else
                updateGroups shares walk parameter average start length)

    let mutable largest = 0.0f

    for number in 0 .. chunks.Count - 1 do
        largest <- MathF.Max(largest, maxima[number])

    ArrayPool<float32>.Shared.Return maxima
    largest
