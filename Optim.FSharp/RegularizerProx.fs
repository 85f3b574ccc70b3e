/// The proximal operator of each regularizer, for backward steps that are tensors. The mathematics is in the file of each.
module internal SparseHybrid.Optim.RegularizerProx

open TorchSharp

/// strength * b * sqrt(n_g), on the device of x: b is one number in main memory.
let groupThresholds (strength: float) (layout: GroupLayout) (backwardStep: torch.Tensor) (x: torch.Tensor) =
    use scales = GroupBox.perGroup layout sqrt x
    use thresholds = backwardStep * strength
    thresholds * scales

let private groupLasso strength grouping backwardStep (x: torch.Tensor) =
    let layout = Grouping.layout grouping x.shape
    use thresholds = groupThresholds strength layout backwardStep x
    GroupSoftThreshold.proxWeighted thresholds layout x

let private softThreshold strength (backwardStep: torch.Tensor) x =
    use thresholds = backwardStep * strength
    SoftThreshold.proxWeighted thresholds x

let private adaptiveL1 (options: AdaptiveL1) backwardStep (x: torch.Tensor) =
    let layout = AdaptiveL1.layout options x
    use box = GroupBox.view layout x
    use next = softThreshold options.Strength backwardStep box
    GroupBox.unview layout next

/// One number, where an operator has to decide on it. The methods keep it in main memory, so that nothing waits.
let private number (backwardStep: torch.Tensor) =
    use exact = backwardStep.``to`` torch.float64
    exact.item<float>()

let prox (regularizer: Regularizer) (backwardStep: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
    match regularizer with
    | Regularizer.Zero -> x.clone ()
    | Regularizer.L1 strength -> softThreshold strength backwardStep x
    | Regularizer.AdaptiveL1 options -> adaptiveL1 options backwardStep x
    | Regularizer.ElasticNet(strength, quadratic) ->
        use shrunk = softThreshold strength backwardStep x
        use excess = backwardStep * quadratic
        use divisor = excess + 1.0
        shrunk / divisor
    | Regularizer.GroupLasso(strength, grouping) -> groupLasso strength grouping backwardStep x
    | Regularizer.AdaptiveGroupLasso options ->
        use thresholds = backwardStep * options.Strength
        GroupSoftThreshold.proxWeighted thresholds (AdaptiveL1.layout options x) x
    | Regularizer.SparseGroupLasso(strength, groupStrength, grouping) ->
        use inner = softThreshold strength backwardStep x
        groupLasso groupStrength grouping backwardStep inner
    | Regularizer.L0 strength -> HardThreshold.prox (number backwardStep * strength) x
    | Regularizer.LHalf strength -> HalfThreshold.prox (number backwardStep * strength) x
    | Regularizer.LogSum(strength, factor, maximum) -> LogSum.prox (number backwardStep * strength) factor maximum x
    | Regularizer.LogGroupNorm(strength, factor, maximum, grouping) ->
        LogGroupNorm.proxScaled (number backwardStep * strength) sqrt factor maximum (Grouping.layout grouping x.shape) x
    | Regularizer.Mcp(strength, concavity) -> Mcp.prox (number backwardStep) strength concavity x
    | Regularizer.Scad(strength, concavity) -> Scad.prox (number backwardStep) strength concavity x
    | Regularizer.NonNegative -> NonNegative.prox x
    | Regularizer.Box(lower, upper) -> Box.prox lower upper x
    | Regularizer.L1Ball radius -> L1Ball.prox radius x
    | Regularizer.LInfinityNorm strength -> LInfinityNorm.prox (number backwardStep * strength) x
    | Regularizer.NuclearNorm strength -> NuclearNorm.prox (number backwardStep * strength) x
    | Regularizer.NToM(kept, consecutive) -> NToM.prox kept consecutive x
    | Regularizer.Custom penalty -> penalty.Prox (number backwardStep) x

/// A soft threshold without looking at the numbers: target = S(x, t) for the box of a layout, the thresholds broadcast to it.
let private overwriteByWeighted (thresholds: torch.Tensor) (layout: GroupLayout) (x: torch.Tensor) (target: torch.Tensor) =
    let clipped = (GroupBox.view layout x).clamp(-thresholds, thresholds)
    target.copy_(x).sub_(GroupBox.unview layout clipped) |> ignore

let private overwriteBySoftThreshold (threshold: float) (x: torch.Tensor) (target: torch.Tensor) =
    let clipped = x.clamp ((-threshold).ToScalar(), threshold.ToScalar())
    target.copy_(x).sub_(clipped) |> ignore

/// As prox, written over the target, which may be x itself; zeros may be -0. Temporaries are left to the caller's scope.
let overwrite (regularizer: Regularizer) (backwardStep: torch.Tensor) (x: torch.Tensor) (target: torch.Tensor) : unit =
    match regularizer with
    | Regularizer.Zero -> target.copy_ x |> ignore
    | Regularizer.L1 strength -> overwriteBySoftThreshold (number (backwardStep * strength)) x target
    | Regularizer.AdaptiveL1 options -> overwriteByWeighted (backwardStep * options.Strength) (AdaptiveL1.layout options x) x target
    | _ -> target.copy_ (prox regularizer backwardStep x) |> ignore
