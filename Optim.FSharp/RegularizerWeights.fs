/// The adaptive weights of regularizers that have them, and the constant ones of the others.
module internal SparseHybrid.Optim.RegularizerWeights

open TorchSharp

/// The options of a regularizer whose weights adapt.
let private adaptive (regularizer: Regularizer) : AdaptiveL1 voption =
    match regularizer with
    | Regularizer.AdaptiveL1 options
    | Regularizer.AdaptiveGroupLasso options -> ValueSome options
    | _ -> ValueNone

let layout (regularizer: Regularizer) (shape: int64[]) : GroupLayout voption =
    adaptive regularizer
    |> ValueOption.map (fun options -> Grouping.layout options.Grouping shape)

let groupShape (regularizer: Regularizer) (shape: int64[]) : int64[] =
    match layout regularizer shape with
    | ValueSome layout -> layout.GroupShape
    | ValueNone -> [||]

let updateAverage (regularizer: Regularizer) (stepSize: float) (average: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
    match adaptive regularizer with
    | ValueSome options -> AdaptiveL1.updateAverage options stepSize average x
    | ValueNone -> average.alias ()

let weights (regularizer: Regularizer) (shape: int64[]) (average: torch.Tensor) : torch.Tensor =
    match regularizer, adaptive regularizer with
    | _, ValueSome options -> AdaptiveL1.weights options (Grouping.layout options.Grouping shape) average
    | Regularizer.Zero, _ -> torch.zeros_like average
    | _ -> torch.ones_like average

/// Where the numbers per group are kept: beside the parameter, or in main memory where one number serves. That one depends on
/// step sizes alone, and an operator that has to decide on it never waits for the device.
let groupDevice (regularizer: Regularizer) (parameter: torch.Tensor) : torch.Device =
    match adaptive regularizer with
    | ValueSome _ -> parameter.device
    | ValueNone -> torch.CPU

/// updateAverage, written over the averages. Temporaries are left to the caller's scope.
let updateAverageInPlace (regularizer: Regularizer) (stepSize: float) (average: torch.Tensor) (x: torch.Tensor) : unit =
    match adaptive regularizer with
    | ValueSome options ->
        Grouping.meanMagnitude (AdaptiveL1.layout options x) x
        |> ExponentialAverage.updateInPlace options.TimeScale stepSize average
    | ValueNone -> ()

/// Of options and averages that have entries.
let private fraction (options: AdaptiveL1) (shape: int64[]) (average: torch.Tensor) =
    AdaptiveL1.fraction options (Grouping.layout options.Grouping shape) average

/// b = kept b + fresh w, written over b. Temporaries are left to the caller's scope.
let accumulate regularizer (shape: int64[]) (average: torch.Tensor) (kept: float) (fresh: float) (backwardStep: torch.Tensor) : unit =
    let scaled = backwardStep.mul_ (kept.ToScalar())

    match regularizer, adaptive regularizer with
    | Regularizer.Zero, _ -> ()
    | _, ValueNone -> scaled.add_ (fresh.ToScalar()) |> ignore
    | _, ValueSome _ when average.NumberOfElements = 0L -> ()
    | _, ValueSome options ->
        let struct (numerator, denominator) = fraction options shape average
        scaled.addcdiv_ (numerator, denominator, fresh.ToScalar()) |> ignore

/// fresh w. Temporaries are left to the caller's scope.
let scaledBy regularizer (shape: int64[]) (average: torch.Tensor) (fresh: float) : torch.Tensor =
    match adaptive regularizer with
    | ValueSome options when average.NumberOfElements > 0L ->
        let struct (numerator, denominator) = fraction options shape average
        numerator.mul_ (fresh.ToScalar()) / denominator
    | _ -> weights regularizer shape average * fresh
