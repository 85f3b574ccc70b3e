/// First pass of the fused step: running averages of the groups, and the largest of them. It rounds as
/// AdaptiveL1.updateAverage does.
module internal SparseHybrid.Optim.FusedAverages

open System
open System.Numerics
open System.Runtime.CompilerServices

/// Overwrites the averages of single entries and returns the largest; NaN if one is.
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let updateElements (kept: float32) (fresh: float32) (parameter: Span<float32>) (average: Span<float32>) : float32 =
    let mutable largest = Vector<float32>.Zero
    let mutable i = 0

    while i < parameter.Length do
        let magnitude = Vector.Abs(Lanes.load parameter i)
        let updated = Lanes.flush (Lanes.load average i * kept + magnitude * fresh)
        Lanes.store updated average i
        largest <- Vector.Max(largest, updated)
        i <- i + Lanes.width

    Lanes.largest largest

/// The mean magnitude of one run, summed in float64.
let private meanMagnitude (run: Span<float32>) =
    let mutable sum = 0.0

    for i in 0 .. run.Length - 1 do
        sum <- sum + float (MathF.Abs run[i])

    float32 sum / float32 run.Length

/// The same for groups that are runs of runLength entries.
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let updateRuns (kept: float32) (fresh: float32) (runLength: int) (parameter: Span<float32>) (average: Span<float32>) : float32 =
    let mutable largest = 0.0f

    for group in 0 .. average.Length - 1 do
        let magnitude = meanMagnitude (parameter.Slice(group * runLength, runLength))
        let updated = average[group] * kept + magnitude * fresh
        average[group] <- if updated < 1e-37f then 0.0f else updated
        largest <- MathF.Max(largest, average[group])

    largest
