/// Second pass of the fused step, before the entries: weights and backward steps. It rounds as AdaptiveL1.weights and the
/// pure steps do.
module internal SparseHybrid.Optim.FusedBackwardSteps

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

let inline private weight (rule: WeightRule) (average: Lanes.Lanes) =
    let excess = average / Lanes.all rule.Maximum * rule.Slope
    Lanes.all rule.Numerator / (excess + Lanes.all 1.0f) * rule.Scale

/// b = kept * b + fresh * w, entry by entry or group by group.
let update (rule: WeightRule) (kept: float32) (fresh: float32) (average: Floats) (backwardStep: Floats) : unit =
    Lanes.sweep backwardStep.Length (fun load store i ->
        let updated = load backwardStep i * kept + weight rule (load average i) * fresh
        store updated backwardStep i)

/// b = fresh * w, where nothing is kept. The averages may be overwritten by what they give.
let compute (rule: WeightRule) (fresh: float32) (average: Floats) (backwardStep: Floats) : unit =
    Lanes.sweep backwardStep.Length (fun load store i -> store (weight rule (load average i) * fresh) backwardStep i)
