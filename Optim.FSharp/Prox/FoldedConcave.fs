/// What MCP and SCAD share: penalties of |x| that rise ever more slowly, and no more from |x| = concavity * strength on.
module internal SparseHybrid.Optim.FoldedConcave

open TorchSharp

/// One of the two, by its concavity parameter.
type Family =
    {
        /// The parameter is above this number; the weak convexity of the penalty is 1 over the rest.
        Lowest: float
        /// What the literature calls the parameter.
        Symbol: string
    }

let require (family: Family) (strength: float) (concavity: float) =
    Errors.requireNonNegative (nameof strength) "The strength of the penalty" strength
    Errors.requireAbove family.Lowest (nameof concavity) $"The concavity parameter {family.Symbol}" concavity

let facts (family: Family) (strength: float) (concavity: float) : PenaltyFacts =
    require family strength concavity
    PenaltyFacts.weaklyConvex strength (1.0 / (concavity - family.Lowest))

/// |x| in float64, as far as the penalty rises.
let risingPart (strength: float) (concavity: float) (x: torch.Tensor) : torch.Tensor =
    x.abs().``to``(torch.float64).clamp_max((concavity * strength).ToScalar())
