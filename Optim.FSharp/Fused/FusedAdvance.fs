/// Second pass of the fused step, per entry: what each method does to a block of its tensors once the backward steps of the
/// entries are known. The arithmetic rounds as the method's pure step does; state entries too small to matter become 0.
module internal SparseHybrid.Optim.FusedAdvance

open System.Runtime.CompilerServices

/// The numbers of a step, each rounded to float32 once.
[<Struct>]
type Rates =
    { Kept: float32 // of the velocity or average gradient
      Fresh: float32 // of the gradient
      WeightDecay: float32
      StepSize: float32 // what the velocity moves the parameter by
      Strength: float32 } // from backward steps to thresholds

let inline private average (rates: Rates) gradient (x: Lanes.Lanes) averages i =
    let slope = Lanes.load gradient i + x * rates.WeightDecay
    Lanes.flush (Lanes.load averages i * rates.Kept + slope * rates.Fresh)

/// v = kept v + fresh (g + decay x); z = averaging z + rest x - h v; x = S(z, strength b).
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let dualAveraging (rates: Rates) (averaging: float32) (rest: float32) (backwardStep: Floats) gradient (parameter: Floats) velocity forwardPoint =
    let mutable i = 0

    while i < parameter.Length do
        let x = Lanes.load parameter i
        let v = average rates gradient x velocity i
        let centre = Lanes.load forwardPoint i * averaging + x * rest
        let z = Lanes.flush (centre - v * rates.StepSize)
        Lanes.store v velocity i
        Lanes.store z forwardPoint i
        let threshold = Lanes.load backwardStep i * rates.Strength
        Lanes.store (Lanes.softThreshold threshold z) parameter i
        i <- i + Lanes.Width

/// v = kept v + fresh (g + decay x); x = S(x - h v, strength b).
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let proximalSgd (rates: Rates) (backwardStep: Floats) gradient (parameter: Floats) velocity =
    let mutable i = 0

    while i < parameter.Length do
        let x = Lanes.load parameter i
        let v = average rates gradient x velocity i
        Lanes.store v velocity i
        let threshold = Lanes.load backwardStep i * rates.Strength
        Lanes.store (Lanes.softThreshold threshold (Lanes.flush (x - v * rates.StepSize))) parameter i
        i <- i + Lanes.Width

/// G = kept G + fresh (g + decay x); x = S(x_0 - r G, strength (r W + rho)), where r is the step size.
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let rda (rates: Rates) (enhancement: float32) (weightAverage: Floats) gradient (parameter: Floats) gradientAverage start =
    let mutable i = 0

    while i < parameter.Length do
        let g = average rates gradient (Lanes.load parameter i) gradientAverage i
        Lanes.store g gradientAverage i
        let z = Lanes.load start i - g * rates.StepSize

        let backwardStep =
            Lanes.load weightAverage i * rates.StepSize + Lanes.all enhancement

        Lanes.store (Lanes.softThreshold (backwardStep * rates.Strength) (Lanes.flush z)) parameter i
        i <- i + Lanes.Width

/// z = z - h g; x = S(z, strength b).
[<MethodImpl(MethodImplOptions.AggressiveOptimization)>]
let grda (stepSize: float32) (strength: float32) (backwardStep: Floats) gradient (parameter: Floats) forwardPoint =
    let mutable i = 0

    while i < parameter.Length do
        let z = Lanes.flush (Lanes.load forwardPoint i - Lanes.load gradient i * stepSize)

        Lanes.store z forwardPoint i
        Lanes.store (Lanes.softThreshold (Lanes.load backwardStep i * strength) z) parameter i
        i <- i + Lanes.Width
