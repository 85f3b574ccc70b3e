/// Sixteen entries at a time; the runtime splits these vectors where the processor's are shorter. Past the end of the
/// floats, reading gives 0 and writing does nothing, so that a loop needs no second body for the rest.
module internal SparseHybrid.Optim.Lanes

#nowarn "9" // native addresses, as in Floats

open System
open System.Runtime.CompilerServices
open System.Runtime.Intrinsics

type Lanes = Vector512<float32>

[<Literal>]
let Width = 16

[<MethodImpl(MethodImplOptions.NoInlining)>]
let loadRest (values: Floats) (start: int) =
    let mutable lanes = Lanes.Zero

    for lane in 0 .. values.Length - start - 1 do
        lanes <- lanes.WithElement(lane, values[start + lane])

    lanes

[<MethodImpl(MethodImplOptions.NoInlining)>]
let storeRest (lanes: Lanes) (values: Floats) (start: int) =
    let mutable values = values

    for lane in 0 .. values.Length - start - 1 do
        values[start + lane] <- lanes[lane]

let inline load (values: Floats) (start: int) : Lanes =
    if start <= values.Length - Width then
        Vector512.Load(values.Pointer start)
    else
        loadRest values start

let inline store (lanes: Lanes) (values: Floats) (start: int) =
    if start <= values.Length - Width then
        Vector512.Store(lanes, values.Pointer start)
    else
        storeRest lanes values start

/// As store, where there is room for all lanes.
let inline storeWhole (lanes: Lanes) (values: Floats) (start: int) =
    Vector512.Store(lanes, values.Pointer start)

let inline all (value: float32) : Lanes = Vector512.Create value

/// The largest lane; NaN if there is one.
let largest (lanes: Lanes) =
    let mutable largest = lanes[0]

    for lane in 1 .. Width - 1 do
        largest <- MathF.Max(largest, lanes[lane])

    largest

/// What is smaller in magnitude counts as 0: what is forgotten bit by bit would otherwise stay subnormal for ever, and
/// processors are slow on those.
[<Literal>]
let Smallest = 1e-37f

/// Zero for magnitudes below the smallest that counts.
let inline flush (lanes: Lanes) : Lanes =
    Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs lanes, all Smallest), Lanes.Zero, lanes)

/// x - clip(x, -t, t) with one comparison; NaN in either argument stays NaN, and no lane is -0.
let inline softThreshold (threshold: Lanes) (x: Lanes) : Lanes =
    let isStopped = Vector512.LessThanOrEqual(Vector512.Abs x, threshold)
    Vector512.ConditionalSelect(isStopped, Lanes.Zero, x - Vector512.CopySign(threshold, x))
