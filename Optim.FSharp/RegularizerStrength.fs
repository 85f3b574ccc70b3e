/// The numbers of a regularizer that say how strong it is, and the groups it works on.
module internal SparseHybrid.Optim.RegularizerStrength

open System

/// lambda of a weighted l1 norm, the factor from backward steps to thresholds; 0 where there is none.
let ofWeightedL1 (regularizer: Regularizer) : float =
    match regularizer with
    | Regularizer.L1 strength -> strength
    | Regularizer.AdaptiveL1 options -> options.Strength
    | _ -> 0.0

/// lambda, whatever the case; null for what has none.
let find (regularizer: Regularizer) : Nullable<float> =
    match regularizer with
    | Regularizer.Zero
    | Regularizer.NonNegative
    | Regularizer.Box _
    | Regularizer.L1Ball _
    | Regularizer.NToM _ -> Nullable()
    | Regularizer.L1 strength
    | Regularizer.ElasticNet(strength, _)
    | Regularizer.GroupLasso(strength, _)
    | Regularizer.SparseGroupLasso(strength, _, _)
    | Regularizer.L0 strength
    | Regularizer.LHalf strength
    | Regularizer.LogSum(strength, _, _)
    | Regularizer.LogGroupNorm(strength, _, _, _)
    | Regularizer.Mcp(strength, _)
    | Regularizer.Scad(strength, _)
    | Regularizer.LInfinityNorm strength
    | Regularizer.NuclearNorm strength -> Nullable strength
    | Regularizer.AdaptiveL1 options
    | Regularizer.AdaptiveGroupLasso options -> Nullable options.Strength
    | Regularizer.Custom penalty -> Nullable penalty.Strength

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

/// Every strength keeps its ratio to lambda, except that no ratio to 0 is known.
let withStrength (strength: float) (regularizer: Regularizer) : Regularizer =
    Errors.requireNonNegative (nameof strength) "The strength of a regularizer" strength

    let ratio former =
        if former > 0.0 then strength / former else 1.0

    match regularizer with
    | Regularizer.Zero
    | Regularizer.NonNegative
    | Regularizer.Box _
    | Regularizer.L1Ball _
    | Regularizer.NToM _
    | Regularizer.Custom _ ->
        let message = $"{regularizer} has no strength that can be set."
        raise (ArgumentException(message, nameof regularizer))
    | Regularizer.L1 _ -> Regularizer.L1 strength
    | Regularizer.AdaptiveL1 options -> Regularizer.AdaptiveL1 { options with Strength = strength }
    | Regularizer.AdaptiveGroupLasso options -> Regularizer.AdaptiveGroupLasso { options with Strength = strength }
    | Regularizer.ElasticNet(former, quadratic) -> Regularizer.ElasticNet(strength, quadratic * ratio former)
    | Regularizer.GroupLasso(_, grouping) -> Regularizer.GroupLasso(strength, grouping)
    | Regularizer.SparseGroupLasso(former, groupStrength, grouping) -> Regularizer.SparseGroupLasso(strength, groupStrength * ratio former, grouping)
    | Regularizer.L0 _ -> Regularizer.L0 strength
    | Regularizer.LHalf _ -> Regularizer.LHalf strength
    | Regularizer.LogSum(_, factor, maximum) -> Regularizer.LogSum(strength, factor, maximum)
    | Regularizer.LogGroupNorm(_, factor, maximum, grouping) -> Regularizer.LogGroupNorm(strength, factor, maximum, grouping)
    | Regularizer.Mcp(_, concavity) -> Regularizer.Mcp(strength, concavity)
    | Regularizer.Scad(_, concavity) -> Regularizer.Scad(strength, concavity)
    | Regularizer.LInfinityNorm _ -> Regularizer.LInfinityNorm strength
    | Regularizer.NuclearNorm _ -> Regularizer.NuclearNorm strength

let withGrouping (grouping: Grouping) (regularizer: Regularizer) : Regularizer =
    match regularizer with
    | Regularizer.AdaptiveL1 options -> Regularizer.AdaptiveL1 { options with Grouping = grouping }
    | Regularizer.AdaptiveGroupLasso options -> Regularizer.AdaptiveGroupLasso { options with Grouping = grouping }
    | Regularizer.GroupLasso(strength, _) -> Regularizer.GroupLasso(strength, grouping)
    | Regularizer.SparseGroupLasso(strength, groupStrength, _) -> Regularizer.SparseGroupLasso(strength, groupStrength, grouping)
    | Regularizer.LogGroupNorm(strength, factor, maximum, _) -> Regularizer.LogGroupNorm(strength, factor, maximum, grouping)
    | ungrouped -> ungrouped
