/// What is known of each regularizer, and which numbers it may have.
module internal SparseHybrid.Optim.RegularizerFacts

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

let private requireStrength (name: string) (strength: float) =
    Errors.requireNonNegative name "The strength of a regularizer" strength

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
