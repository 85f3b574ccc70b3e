/// The numbers of a regularizer that say how strong it is, and the groups it works on.
module internal SparseHybrid.Optim.RegularizerStrength

/// lambda of a weighted l1 norm, the factor from backward steps to thresholds; 0 where there is none.
let ofWeightedL1 (regularizer: Regularizer) : float =
    match regularizer with
    | Regularizer.L1 strength -> strength
    | Regularizer.AdaptiveL1 options -> options.Strength
    | _ -> 0.0

let private scaledOptions (factor: float) (options: AdaptiveL1) =
    { options with
        Strength = factor * options.Strength }

/// The operator of factor * R for step size s is that of R for step size factor * s.
let private scaledPenalty (factor: float) (penalty: CustomPenalty) =
    { penalty with
        Strength = factor * penalty.Strength
        Prox = fun stepSize x -> penalty.Prox (factor * stepSize) x
        Value = fun x -> if factor = 0.0 then 0.0 else factor * penalty.Value x
        Facts =
            { penalty.Facts with
                WeakConvexity =
                    if factor = 0.0 then
                        0.0
                    else
                        factor * penalty.Facts.WeakConvexity } }

let scale (factor: float) (regularizer: Regularizer) : Regularizer =
    Errors.requireNonNegative (nameof factor) "The factor of the strength" factor

    match regularizer with
    | Regularizer.Zero
    | Regularizer.NonNegative
    | Regularizer.Box _
    | Regularizer.L1Ball _
    | Regularizer.NToM _ -> regularizer
    | Regularizer.L1 strength -> Regularizer.L1(factor * strength)
    | Regularizer.AdaptiveL1 options -> Regularizer.AdaptiveL1(scaledOptions factor options)
    | Regularizer.ElasticNet(strength, quadratic) -> Regularizer.ElasticNet(factor * strength, factor * quadratic)
    | Regularizer.GroupLasso(strength, grouping) -> Regularizer.GroupLasso(factor * strength, grouping)
    | Regularizer.AdaptiveGroupLasso options -> Regularizer.AdaptiveGroupLasso(scaledOptions factor options)
    | Regularizer.SparseGroupLasso(strength, groupStrength, grouping) ->
        Regularizer.SparseGroupLasso(factor * strength, factor * groupStrength, grouping)
    | Regularizer.L0 strength -> Regularizer.L0(factor * strength)
    | Regularizer.LHalf strength -> Regularizer.LHalf(factor * strength)
    | Regularizer.LogSum(strength, maximumFactor, maximum) -> Regularizer.LogSum(factor * strength, maximumFactor, maximum)
    | Regularizer.LogGroupNorm(strength, maximumFactor, maximum, grouping) ->
        Regularizer.LogGroupNorm(factor * strength, maximumFactor, maximum, grouping)
    | Regularizer.Mcp(strength, concavity) -> Regularizer.Mcp(factor * strength, concavity)
    | Regularizer.Scad(strength, concavity) -> Regularizer.Scad(factor * strength, concavity)
    | Regularizer.LInfinityNorm strength -> Regularizer.LInfinityNorm(factor * strength)
    | Regularizer.NuclearNorm strength -> Regularizer.NuclearNorm(factor * strength)
    | Regularizer.Custom penalty -> Regularizer.Custom(scaledPenalty factor penalty)

let withGrouping (grouping: Grouping) (regularizer: Regularizer) : Regularizer =
    match regularizer with
    | Regularizer.AdaptiveL1 options -> Regularizer.AdaptiveL1 { options with Grouping = grouping }
    | Regularizer.AdaptiveGroupLasso options -> Regularizer.AdaptiveGroupLasso { options with Grouping = grouping }
    | Regularizer.GroupLasso(strength, _) -> Regularizer.GroupLasso(strength, grouping)
    | Regularizer.SparseGroupLasso(strength, groupStrength, _) -> Regularizer.SparseGroupLasso(strength, groupStrength, grouping)
    | Regularizer.LogGroupNorm(strength, factor, maximum, _) -> Regularizer.LogGroupNorm(strength, factor, maximum, grouping)
    | ungrouped -> ungrouped
