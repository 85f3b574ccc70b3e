/// Second pass of the fused step, per group: weights and backward steps. It rounds as AdaptiveL1.weights and
/// DualAveraging.step do.
module internal SparseHybrid.Optim.FusedBackwardSteps

open System
open System.Numerics
open System.Runtime.CompilerServices

/// The weight as a function of the running average: Scale * (Numerator / (average / Maximum * Slope + 1)).
[<Struct>]
type WeightRule =
    { Maximum: float32
      Slope: float32
      Numerator: float32
      Scale: float32 }

/// The same weight whatever the average.
let constantWeight (weight: float) : WeightRule =
    { Maximum = 1.0f
      Slope = 0.0f
      Numerator = float32 weight
      Scale = 1.0f }

/// AdaptiveL1.weights for this largest average, the guard for all-zero tensors included.
let adaptiveWeight (options: AdaptiveL1) (layout: GroupLayout) (maximum: float32) : WeightRule =
    let scale = float32 (AdaptiveL1.scale layout)

    match AdaptiveL1.weightWhenAllZero options with
    | ValueSome weight when maximum < float32 AdaptiveL1.SmallestMaximum ->
        { constantWeight weight with
            Scale = scale }
    | _ ->
        let slope = float32 (options.MaximumFactor - 1.0)

        { Maximum = maximum
          Slope = slope
          Numerator = slope + 1.0f
          Scale = scale }

/// b = averaging * b + stepSize * w, group by group.
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let update (rule: WeightRule) (averaging: float32) (stepSize: float32) (average: Span<float32>) (backwardStep: Span<float32>) =
    let maximum = Vector<float32> rule.Maximum
    let numerator = Vector<float32> rule.Numerator
    let mutable i = 0

    while i < backwardStep.Length do
        let excess = Lanes.load average i / maximum * rule.Slope
        let weight = numerator / (excess + Vector<float32>.One) * rule.Scale
        let updated = Lanes.load backwardStep i * averaging + weight * stepSize
        Lanes.store updated backwardStep i
        i <- i + Lanes.width

/// The backward step of every entry from start on, where entry i belongs to group i / runLength.
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let spread (runLength: int) (start: int) (backwardStep: Span<float32>) (perEntry: Span<float32>) =
    let mutable group = start / runLength
    let mutable i = 0

    while i < perEntry.Length do
        let next = min perEntry.Length ((group + 1) * runLength - start)
        perEntry.Slice(i, next - i).Fill(backwardStep[group])
        group <- group + 1
        i <- next
