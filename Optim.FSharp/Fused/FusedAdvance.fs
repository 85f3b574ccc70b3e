/// Second pass of the fused step, per entry: velocity, forward point and soft threshold. It rounds as
/// DualAveraging.step does.
module internal SparseHybrid.Optim.FusedAdvance

open System
open System.Numerics
open System.Runtime.CompilerServices

/// The numbers of a step, each rounded to float32 once.
[<Struct>]
type Rates =
    { Kept: float32
      Fresh: float32
      WeightDecay: float32
      Averaging: float32
      Rest: float32 // 1 - averaging
      StepSize: float32
      Strength: float32 }

/// x - clip(x, -t, t) with one comparison; NaN in either argument stays NaN, and no lane is -0.
let inline private softThreshold (threshold: Vector<float32>) (x: Vector<float32>) =
    let stopped = Vector.LessThanOrEqual(Vector.Abs x, threshold)
    Vector.ConditionalSelect(stopped, Vector<float32>.Zero, x - Vector.CopySign(threshold, x))

[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let advance
    (rates: Rates)
    (backwardStep: Span<float32>)
    (gradient: Span<float32>)
    (parameter: Span<float32>)
    (velocity: Span<float32>)
    (forwardPoint: Span<float32>)
    =
    let mutable i = 0

    while i < parameter.Length do
        let x = Lanes.load parameter i
        let slope = Lanes.load gradient i + x * rates.WeightDecay
        let v = Lanes.flush (Lanes.load velocity i * rates.Kept + slope * rates.Fresh)
        let centre = Lanes.load forwardPoint i * rates.Averaging + x * rates.Rest
        let z = Lanes.flush (centre - v * rates.StepSize)
        Lanes.store v velocity i
        Lanes.store z forwardPoint i
        let threshold = Lanes.load backwardStep i * rates.Strength
        Lanes.store (softThreshold threshold z) parameter i
        i <- i + Lanes.width
