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
