/// The proximal operators in a diagonal metric, of the regularizers for which it has a closed form or one scalar root per group.
module internal SparseHybrid.Optim.RegularizerMetric

open System
open TorchSharp

let hasProx (regularizer: Regularizer) : bool =
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

let private groupLasso strength grouping backwardStep metric (x: torch.Tensor) =
    let layout = Grouping.layout grouping x.shape
    use thresholds = RegularizerProx.groupThresholds strength layout backwardStep x
    MetricGroupSoftThreshold.proxWeighted thresholds metric layout x

let private adaptiveL1 (options: AdaptiveL1) (backwardStep: torch.Tensor) metric (x: torch.Tensor) =
    let layout = AdaptiveL1.layout options x
    let thresholds = backwardStep * options.Strength / GroupBox.view layout metric
    GroupBox.unview layout (SoftThreshold.proxWeighted thresholds (GroupBox.view layout x))

let prox (regularizer: Regularizer) (backwardStep: torch.Tensor) (metric: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
    Errors.requireShape (nameof metric) "The metric" x.shape metric.shape
    use _ = torch.NewDisposeScope()

    let next =
        match regularizer with
        | Regularizer.Zero
        | Regularizer.NonNegative
        | Regularizer.Box _ -> RegularizerProx.prox regularizer backwardStep x // entry by entry, so that the metric does not matter
        | Regularizer.L1 strength -> SoftThreshold.proxWeighted (backwardStep * strength / metric) x
        | Regularizer.AdaptiveL1 options -> adaptiveL1 options backwardStep metric x
        | Regularizer.ElasticNet(strength, quadratic) ->
            let shrunk = SoftThreshold.proxWeighted (backwardStep * strength / metric) x
            shrunk / (backwardStep * quadratic / metric + 1.0)
        | Regularizer.GroupLasso(strength, grouping) -> groupLasso strength grouping backwardStep metric x
        | Regularizer.AdaptiveGroupLasso options ->
            MetricGroupSoftThreshold.proxWeighted (backwardStep * options.Strength) metric (AdaptiveL1.layout options x) x
        | Regularizer.SparseGroupLasso(strength, groupStrength, grouping) ->
            let inner = SoftThreshold.proxWeighted (backwardStep * strength / metric) x
            groupLasso groupStrength grouping backwardStep metric inner
        | Regularizer.L0 strength ->
            let cutoffs = (backwardStep * (2.0 * strength) / metric).sqrt()
            x.masked_fill (x.abs().le cutoffs, 0.0.ToScalar())
        | other ->
            let message =
                $"The proximal operator of {other} in a diagonal metric has no closed form here; Regularizer.hasProxInMetric tells which have."

            raise (ArgumentException(message, nameof regularizer))

    next.MoveToOuterDisposeScope()
