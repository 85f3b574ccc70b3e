namespace SparseHybrid.Optim

open System
open TorchSharp

/// A penalty R(x) as plain data: it can be compared, printed and written to a checkpoint. Every strength is finite,
/// 0 or more, and in the unit of a gradient entry unless said otherwise. The operators are documented in the file of each.
[<RequireQualifiedAccess>]
type Regularizer =
    /// R = 0: biases, normalisation layers, and training without regularisation.
    | Zero
    /// R = strength * ||x||_1.
    | L1 of strength: float
    /// Weighted l1 whose weights follow the running magnitudes of the parameter itself.
    | AdaptiveL1 of options: AdaptiveL1
    /// R = strength * ||x||_1 + quadratic/2 * ||x||^2.
    | ElasticNet of strength: float * quadratic: float
    /// R = strength * sum of sqrt(n_g) ||x_g||, n_g the size of group g.
    | GroupLasso of strength: float * grouping: Grouping
    /// Group lasso with the weights of the adaptive l1 norm: R = strength * sum of w_g ||x_g||, where w_g contains sqrt(n_g).
    | AdaptiveGroupLasso of options: AdaptiveL1
    /// R = strength * ||x||_1 + groupStrength * sum of sqrt(n_g) ||x_g||.
    | SparseGroupLasso of strength: float * groupStrength: float * grouping: Grouping
    /// R = strength for each entry that is not zero; in the unit of the loss.
    | L0 of strength: float
    /// R = strength * sum of sqrt|x_i|.
    | LHalf of strength: float
    /// R = strength M e * sum of log(1 + |x_i|/e), e = maximum/(M - 1), M = maximumFactor.
    | LogSum of strength: float * maximumFactor: float * maximum: float
    /// R = strength M e * sum of sqrt(n_g) log(1 + ||x_g||/e), e = maximum/(M - 1), M = maximumFactor.
    | LogGroupNorm of strength: float * maximumFactor: float * maximum: float * grouping: Grouping
    /// The minimax concave penalty, with concavity gamma above 0.
    | Mcp of strength: float * concavity: float
    /// The smoothly clipped absolute deviation, with concavity a above 1.
    | Scad of strength: float * concavity: float
    /// Constraint: no negative entry.
    | NonNegative
    /// Constraint: every entry between lower and upper, either of which may be infinite.
    | Box of lower: float * upper: float
    /// Constraint: ||x||_1 at most radius.
    | L1Ball of radius: float
    /// R = strength * max|x_i|.
    | LInfinityNorm of strength: float
    /// R = strength * sum of the singular values of the weight as a matrix.
    | NuclearNorm of strength: float
    /// Constraint: of every m consecutive entries of a row at most n, kept, are not zero.
    | NToM of kept: int * consecutive: int
    /// A penalty of one's own, told by functions.
    | Custom of penalty: CustomPenalty

/// What a method needs of a regularizer. The only place that matches on the case for tensors of every kind; each line
/// calls the file that holds the mathematics.
[<RequireQualifiedAccess>]
module Regularizer =
    let private requireStrength (name: string) (strength: float) =
        Errors.requireNonNegative name "The strength of a regularizer" strength

    /// <summary>What is known of the penalty. For adaptively weighted ones: with the weights held fixed.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape: where a penalty counts groups by their size, the largest one decides.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Facts")>]
    let facts (regularizer: Regularizer) (shape: int64[]) : PenaltyFacts =
        match regularizer with
        | Regularizer.Zero
        | Regularizer.L1 _
        | Regularizer.AdaptiveL1 _ -> SoftThreshold.facts
        | Regularizer.ElasticNet _ -> ElasticNet.facts
        | Regularizer.GroupLasso _
        | Regularizer.AdaptiveGroupLasso _ -> GroupSoftThreshold.facts
        | Regularizer.SparseGroupLasso _ -> SparseGroupLasso.facts
        | Regularizer.L0 strength -> HardThreshold.facts strength
        | Regularizer.LHalf strength -> HalfThreshold.facts strength
        | Regularizer.LogSum(strength, factor, maximum) -> LogSum.facts strength factor maximum
        | Regularizer.LogGroupNorm(strength, factor, maximum, grouping) ->
            let largest = (Grouping.layout grouping shape).GroupSize
            LogGroupNorm.facts (strength * sqrt (float largest)) factor maximum
        | Regularizer.Mcp(strength, concavity) -> Mcp.facts strength concavity
        | Regularizer.Scad(strength, concavity) -> Scad.facts strength concavity
        | Regularizer.NonNegative -> NonNegative.facts
        | Regularizer.Box(lower, upper) -> Box.facts lower upper
        | Regularizer.L1Ball _ -> L1Ball.facts
        | Regularizer.LInfinityNorm _ -> LInfinityNorm.facts
        | Regularizer.NuclearNorm _ -> NuclearNorm.facts
        | Regularizer.NToM(kept, consecutive) -> NToM.facts kept consecutive
        | Regularizer.Custom penalty -> penalty.Facts

    /// <summary>Checks every number of a regularizer.</summary>
    /// <param name="regularizer">The regularizer to check.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Validate")>]
    let rec validate (regularizer: Regularizer) : unit =
        match regularizer with
        | Regularizer.Zero
        | Regularizer.NonNegative -> ()
        | Regularizer.L1 strength
        | Regularizer.L0 strength
        | Regularizer.LHalf strength
        | Regularizer.LInfinityNorm strength
        | Regularizer.NuclearNorm strength -> requireStrength (nameof strength) strength
        | Regularizer.AdaptiveL1 options
        | Regularizer.AdaptiveGroupLasso options -> AdaptiveL1.validate options
        | Regularizer.ElasticNet(strength, quadratic) ->
            requireStrength (nameof strength) strength
            requireStrength (nameof quadratic) quadratic
        | Regularizer.GroupLasso(strength, grouping) ->
            requireStrength (nameof strength) strength
            Grouping.validate grouping
        | Regularizer.SparseGroupLasso(strength, groupStrength, grouping) ->
            requireStrength (nameof strength) strength
            requireStrength (nameof groupStrength) groupStrength
            Grouping.validate grouping
        | Regularizer.LogGroupNorm(strength, factor, maximum, grouping) ->
            validate (Regularizer.LogSum(strength, factor, maximum))
            Grouping.validate grouping
        | Regularizer.LogSum(strength, _, _)
        | Regularizer.Mcp(strength, _)
        | Regularizer.Scad(strength, _) ->
            requireStrength (nameof strength) strength
            facts regularizer [||] |> ignore // checks the other numbers, whatever the shape
        | Regularizer.Box _
        | Regularizer.NToM _ -> facts regularizer [||] |> ignore
        | Regularizer.L1Ball radius -> Errors.requireNonNegative (nameof radius) "The radius of the ball" radius
        | Regularizer.Custom penalty -> requireStrength (nameof penalty.Strength) penalty.Strength

    /// The options of a regularizer whose weights adapt.
    let private adaptive (regularizer: Regularizer) : AdaptiveL1 voption =
        match regularizer with
        | Regularizer.AdaptiveL1 options
        | Regularizer.AdaptiveGroupLasso options -> ValueSome options
        | _ -> ValueNone

    /// <summary>The groups of a parameter that have their own weight, running average and backward step.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <returns>None where one number serves the whole parameter.</returns>
    [<CompiledName("Layout")>]
    let layout (regularizer: Regularizer) (shape: int64[]) : GroupLayout voption =
        adaptive regularizer
        |> ValueOption.map (fun options -> Grouping.layout options.Grouping shape)

    /// <summary>Shape of the state kept per group; [] where one number serves the whole parameter.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    [<CompiledName("GroupShape")>]
    let groupShape (regularizer: Regularizer) (shape: int64[]) : int64[] =
        match layout regularizer shape with
        | ValueSome layout -> layout.GroupShape
        | ValueNone -> [||]

    /// <summary>The running averages after one more look at x; unchanged where the weights do not adapt.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="stepSize">h >= 0.</param>
    /// <param name="average">One entry per group. Neither changed nor disposed.</param>
    /// <param name="x">The parameter before the step. Neither changed nor disposed.</param>
    /// <returns>A tensor like average; the caller owns it.</returns>
    [<CompiledName("UpdateAverage")>]
    let updateAverage (regularizer: Regularizer) (stepSize: float) (average: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        match adaptive regularizer with
        | ValueSome options -> AdaptiveL1.updateAverage options stepSize average x
        | ValueNone -> average.alias ()

    /// <summary>The weights w that the backward step accumulates, one entry per group: 0 for Zero, 1 where they do not adapt.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <param name="average">The running averages. Neither changed nor disposed.</param>
    /// <returns>A new tensor like average; the caller owns it.</returns>
    [<CompiledName("Weights")>]
    let weights (regularizer: Regularizer) (shape: int64[]) (average: torch.Tensor) : torch.Tensor =
        match regularizer, adaptive regularizer with
        | _, ValueSome options -> AdaptiveL1.weights options (Grouping.layout options.Grouping shape) average
        | Regularizer.Zero, _ -> torch.zeros_like average
        | _ -> torch.ones_like average

    /// lambda of a weighted l1 norm, the factor from backward steps to thresholds.
    let internal strength (regularizer: Regularizer) : float =
        match regularizer with
        | Regularizer.L1 strength -> strength
        | Regularizer.AdaptiveL1 options -> options.Strength
        | _ -> 0.0

    /// strength * b * sqrt(n_g).
    let private groupThresholds (strength: float) (layout: GroupLayout) (backwardStep: torch.Tensor) =
        use scales = GroupBox.perGroup layout sqrt backwardStep
        use thresholds = backwardStep * strength
        thresholds * scales

    let private groupLasso strength grouping backwardStep (x: torch.Tensor) =
        let layout = Grouping.layout grouping x.shape
        use thresholds = groupThresholds strength layout backwardStep
        GroupSoftThreshold.proxWeighted thresholds layout x

    let private softThreshold strength (backwardStep: torch.Tensor) x =
        use thresholds = backwardStep * strength
        SoftThreshold.proxWeighted thresholds x

    let private adaptiveL1 (options: AdaptiveL1) backwardStep (x: torch.Tensor) =
        let layout = AdaptiveL1.layout options x
        use box = GroupBox.view layout x
        use next = softThreshold options.Strength backwardStep box
        GroupBox.unview layout next

    /// One number, where an operator has to decide on it; on CUDA this waits.
    let private number (backwardStep: torch.Tensor) =
        use exact = backwardStep.``to`` torch.float64
        exact.item<float>()

    /// <summary>argmin over y of sum over groups of b_g R_g(y) + ||y - x||^2 / 2, R with all weights 1.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="backwardStep">b, one entry per group: step sizes times weights, accumulated; one number where the weights do not
    /// adapt. Constraints hold whatever it is. Neither changed nor disposed.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor like x; the caller owns it. It never shares memory with x, which a state may keep.</returns>
    /// <exception cref="T:System.ArgumentException">A number is out of its range, or the grouping does not fit the shape.</exception>
    [<CompiledName("Prox")>]
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

    /// <summary>Whether <see cref="proxInMetric"/> covers the regularizer: those with a closed form or one scalar root per group.</summary>
    /// <param name="regularizer">The regularizer.</param>
    [<CompiledName("HasProxInMetric")>]
    let hasProxInMetric (regularizer: Regularizer) : bool =
        match regularizer with
        | Regularizer.Zero
        | Regularizer.L1 _
        | Regularizer.AdaptiveL1 _
        | Regularizer.ElasticNet _
        | Regularizer.GroupLasso _
        | Regularizer.AdaptiveGroupLasso _
        | Regularizer.SparseGroupLasso _
        | Regularizer.L0 _
        | Regularizer.NonNegative
        | Regularizer.Box _ -> true
        | _ -> false

    let private metricGroupLasso strength grouping backwardStep metric (x: torch.Tensor) =
        let layout = Grouping.layout grouping x.shape
        use thresholds = groupThresholds strength layout backwardStep
        MetricGroupSoftThreshold.proxWeighted thresholds metric layout x

    let private metricAdaptiveL1 (options: AdaptiveL1) (backwardStep: torch.Tensor) metric (x: torch.Tensor) =
        let layout = AdaptiveL1.layout options x
        let thresholds = backwardStep * options.Strength / GroupBox.view layout metric
        GroupBox.unview layout (SoftThreshold.proxWeighted thresholds (GroupBox.view layout x))

    /// <summary>argmin over y of sum over groups of b_g R_g(y) + sum of D_i (y_i - x_i)^2 / 2, R with all weights 1: the
    /// proximal operator in a diagonal metric, for methods with a step size for each entry.</summary>
    /// <param name="regularizer">One that <see cref="hasProxInMetric"/> says yes to.</param>
    /// <param name="backwardStep">b, as for <see cref="prox"/>. Neither changed nor disposed.</param>
    /// <param name="metric">D, like x in shape, dtype and device; entries above 0, which is not checked. All entries equal to d
    /// amount to <see cref="prox"/> for b / d. Neither changed nor disposed.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor like x; the caller owns it. It never shares memory with x.</returns>
    /// <exception cref="T:System.ArgumentException">The regularizer is not covered, the metric has another shape than x, or the
    /// grouping does not fit it.</exception>
    [<CompiledName("ProxInMetric")>]
    let proxInMetric (regularizer: Regularizer) (backwardStep: torch.Tensor) (metric: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        Errors.requireShape (nameof metric) "The metric" x.shape metric.shape
        use _ = torch.NewDisposeScope()

        let next =
            match regularizer with
            | Regularizer.Zero
            | Regularizer.NonNegative
            | Regularizer.Box _ -> prox regularizer backwardStep x // entry by entry, so that the metric does not matter
            | Regularizer.L1 strength -> SoftThreshold.proxWeighted (backwardStep * strength / metric) x
            | Regularizer.AdaptiveL1 options -> metricAdaptiveL1 options backwardStep metric x
            | Regularizer.ElasticNet(strength, quadratic) ->
                let shrunk = SoftThreshold.proxWeighted (backwardStep * strength / metric) x
                shrunk / (backwardStep * quadratic / metric + 1.0)
            | Regularizer.GroupLasso(strength, grouping) -> metricGroupLasso strength grouping backwardStep metric x
            | Regularizer.AdaptiveGroupLasso options ->
                MetricGroupSoftThreshold.proxWeighted (backwardStep * options.Strength) metric (AdaptiveL1.layout options x) x
            | Regularizer.SparseGroupLasso(strength, groupStrength, grouping) ->
                let inner = SoftThreshold.proxWeighted (backwardStep * strength / metric) x
                metricGroupLasso groupStrength grouping backwardStep metric inner
            | Regularizer.L0 strength ->
                let cutoffs = (backwardStep * (2.0 * strength) / metric).sqrt()
                x.masked_fill (x.abs().le cutoffs, 0.0.ToScalar())
            | other ->
                let message =
                    $"The proximal operator of {other} in a diagonal metric has no closed form here; hasProxInMetric tells which have."

                raise (ArgumentException(message, nameof regularizer))

        next.MoveToOuterDisposeScope()

    /// <summary>R(x). Adaptive weights are those that x itself gives: the log-sum penalty for the l1 norm, the weighted norm for
    /// the group lasso.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="x">Any device and floating dtype; sums are taken in float64. Neither changed nor disposed.</param>
    /// <returns>0 or infinity for a constraint.</returns>
    /// <exception cref="T:System.ArgumentException">A number is out of its range, or the grouping does not fit the shape.</exception>
    [<CompiledName("Value")>]
    let value (regularizer: Regularizer) (x: torch.Tensor) : float =
        match regularizer with
        | Regularizer.Zero -> 0.0
        | Regularizer.L1 strength -> SoftThreshold.value strength x
        | Regularizer.AdaptiveL1 options -> AdaptiveL1.valueOf options x
        | Regularizer.ElasticNet(strength, quadratic) -> ElasticNet.value strength quadratic x
        | Regularizer.GroupLasso(strength, grouping) -> strength * GroupSoftThreshold.sumOverGroups sqrt _.alias() grouping x
        | Regularizer.AdaptiveGroupLasso options -> AdaptiveL1.groupValueOf options x
        | Regularizer.SparseGroupLasso(strength, groupStrength, grouping) ->
            SoftThreshold.value strength x
            + groupStrength * GroupSoftThreshold.sumOverGroups sqrt _.alias() grouping x
        | Regularizer.L0 strength -> HardThreshold.value strength x
        | Regularizer.LHalf strength -> HalfThreshold.value strength x
        | Regularizer.LogSum(strength, factor, maximum) -> LogSum.value strength factor maximum x
        | Regularizer.LogGroupNorm(strength, factor, maximum, grouping) -> LogGroupNorm.valueScaled strength sqrt factor maximum grouping x
        | Regularizer.Mcp(strength, concavity) -> Mcp.value strength concavity x
        | Regularizer.Scad(strength, concavity) -> Scad.value strength concavity x
        | Regularizer.NonNegative -> NonNegative.value x
        | Regularizer.Box(lower, upper) -> Box.value lower upper x
        | Regularizer.L1Ball radius -> L1Ball.value radius x
        | Regularizer.LInfinityNorm strength -> LInfinityNorm.value strength x
        | Regularizer.NuclearNorm strength -> NuclearNorm.value strength x
        | Regularizer.NToM(kept, consecutive) -> NToM.value kept consecutive x
        | Regularizer.Custom penalty -> penalty.Value x
