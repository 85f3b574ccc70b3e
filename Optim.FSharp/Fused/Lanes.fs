/// Vectors of float32 read from and written to spans of any length: past the end, reading gives 0 and writing does
/// nothing, so that a loop needs no second body for the rest.
module internal SparseHybrid.Optim.Lanes

open System
open System.Numerics
open System.Runtime.CompilerServices

let width = Vector<float32>.Count

[<MethodImpl(MethodImplOptions.NoInlining)>]
let loadRest (values: Span<float32>) (start: int) =
    let mutable lanes = Vector<float32>.Zero

    for lane in 0 .. values.Length - start - 1 do
        lanes <- lanes.WithElement(lane, values[start + lane])

    lanes

[<MethodImpl(MethodImplOptions.NoInlining)>]
let storeRest (lanes: Vector<float32>) (values: Span<float32>) (start: int) =
    for lane in 0 .. values.Length - start - 1 do
        values[start + lane] <- lanes[lane]

let inline load (values: Span<float32>) (start: int) =
    if start <= values.Length - width then
        Vector<float32>(values.Slice(start, width))
    else
        loadRest values start

let inline store (lanes: Vector<float32>) (values: Span<float32>) (start: int) =
    if start <= values.Length - width then
        lanes.CopyTo(values.Slice(start, width))
    else
        storeRest lanes values start

/// The largest lane; NaN if there is one.
let largest (lanes: Vector<float32>) =
    let mutable largest = lanes[0]

    for lane in 1 .. width - 1 do
        largest <- MathF.Max(largest, lanes[lane])

    largest

/// Zero for magnitudes below 1e-37. What is forgotten bit by bit would otherwise stay subnormal for ever, and processors
/// are slow on those.
let inline flush (lanes: Vector<float32>) =
    let tiny = Vector.LessThan(Vector.Abs lanes, Vector<float32> 1e-37f)
    Vector.ConditionalSelect(tiny, Vector<float32>.Zero, lanes)
