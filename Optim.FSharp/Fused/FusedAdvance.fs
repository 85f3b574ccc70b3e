/// Second pass of the fused step, per entry: what each method does to a block of its tensors once the backward steps of the
/// entries are known. The arithmetic rounds as the method's pure step does; state entries too small to matter become 0.
module internal SparseHybrid.Optim.FusedAdvance

open TorchSharp

/// The numbers of a step, each rounded to float32 once.
[<Struct>]
type Rates =
    { Kept: float32 // of the velocity or average gradient
      Fresh: float32 // of the gradient
      WeightDecay: float32
      StepSize: float32 // what the velocity moves the parameter by
      Strength: float32 } // from backward steps to thresholds

/// kept average + fresh (g + decay x).
let inline private average (rates: Rates) (average: Lanes.Lanes) (gradient: Lanes.Lanes) (x: Lanes.Lanes) =
    let slope = gradient + x * rates.WeightDecay
    Lanes.flush (average * rates.Kept + slope * rates.Fresh)

/// v = kept v + fresh (g + decay x); z = averaging z + rest x - h v; x = S(z, strength b).
let dualAveraging (rates: Rates) (averaging: float32) (rest: float32) backwardStep gradient (parameter: Floats) velocity forwardPoint =
    Lanes.sweep parameter.Length (fun load store i ->
        let x = load parameter i
        let v = average rates (load velocity i) (load gradient i) x
        let centre = load forwardPoint i * averaging + x * rest
        let z = Lanes.flush (centre - v * rates.StepSize)
        let threshold = load backwardStep i * rates.Strength
        store v velocity i
        store z forwardPoint i
        store (Lanes.softThreshold threshold z) parameter i)

/// v = kept v + fresh (g + decay x); x = S(x - h v, strength b).
let proximalSgd (rates: Rates) backwardStep gradient (parameter: Floats) velocity =
    Lanes.sweep parameter.Length (fun load store i ->
        let x = load parameter i
        let v = average rates (load velocity i) (load gradient i) x
        let z = Lanes.flush (x - v * rates.StepSize)
        let threshold = load backwardStep i * rates.Strength
        store v velocity i
        store (Lanes.softThreshold threshold z) parameter i)

/// G = kept G + fresh (g + decay x); x = S(x_0 - r G, strength (r W + rho)), where r is the step size.
let rda (rates: Rates) (enhancement: float32) weightAverage gradient (parameter: Floats) gradientAverage start =
    Lanes.sweep parameter.Length (fun load store i ->
        let g = average rates (load gradientAverage i) (load gradient i) (load parameter i)

        let z = Lanes.flush (load start i - g * rates.StepSize)

        let backwardStep = load weightAverage i * rates.StepSize + Lanes.all enhancement

        store g gradientAverage i
        store (Lanes.softThreshold (backwardStep * rates.Strength) z) parameter i)

/// z = z - h g; x = S(z, strength b).
let grda (stepSize: float32) (strength: float32) backwardStep gradient (parameter: Floats) forwardPoint =
    Lanes.sweep parameter.Length (fun load store i ->
        let z = Lanes.flush (load forwardPoint i - load gradient i * stepSize)
        let threshold = load backwardStep i * strength
        store z forwardPoint i
        store (Lanes.softThreshold threshold z) parameter i)

/// A method's part in the step: its numbers, and the tensors that it keeps per entry.
[<RequireQualifiedAccess>]
type Advance =
    | DualAveraging of rates: Rates * averaging: float32 * rest: float32 * velocity: torch.Tensor * forwardPoint: torch.Tensor
    | ProximalSgd of rates: Rates * velocity: torch.Tensor
    | Rda of rates: Rates * enhancement: float32 * gradientAverage: torch.Tensor * start: torch.Tensor
    | Grda of stepSize: float32 * strength: float32 * forwardPoint: torch.Tensor

/// The function that advances a block of entries: its start, its length and the backward steps of its entries are given.
let ofBlocks (advance: Advance) (gradient: torch.Tensor) (parameter: torch.Tensor) : int -> int -> Floats -> unit =
    let g, x = Floats.Of gradient, Floats.Of parameter

    match advance with
    | Advance.DualAveraging(rates, averaging, rest, velocity, forwardPoint) ->
        let v, z = Floats.Of velocity, Floats.Of forwardPoint

        fun start length b ->
            let block (floats: Floats) = floats.Slice(start, length)
            dualAveraging rates averaging rest b (block g) (block x) (block v) (block z)
    | Advance.ProximalSgd(rates, velocity) ->
        let v = Floats.Of velocity

        fun start length b ->
            let block (floats: Floats) = floats.Slice(start, length)
            proximalSgd rates b (block g) (block x) (block v)
    | Advance.Rda(rates, enhancement, gradientAverage, startPoint) ->
        let average, x0 = Floats.Of gradientAverage, Floats.Of startPoint

        fun start length b ->
            let block (floats: Floats) = floats.Slice(start, length)
            rda rates enhancement b (block g) (block x) (block average) (block x0)
    | Advance.Grda(stepSize, strength, forwardPoint) ->
        let z = Floats.Of forwardPoint

        fun start length b ->
            let block (floats: Floats) = floats.Slice(start, length)
            grda stepSize strength b (block g) (block x) (block z)
