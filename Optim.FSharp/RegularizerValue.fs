/// The value R(x) of each regularizer.
module internal SparseHybrid.Optim.RegularizerValue

open TorchSharp

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
