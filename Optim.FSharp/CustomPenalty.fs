namespace SparseHybrid.Optim

open TorchSharp

/// A penalty of one's own. Name and strength are its data: two are equal, and print the same, where these agree, so that the name
/// has to say which functions are meant.
[<CustomEquality; NoComparison; StructuredFormatDisplay("{Display}")>]
type CustomPenalty =
    {
        /// What it is called.
        Name: string
        /// lambda, finite and 0 or more. 0 should make the operator the identity.
        Strength: float
        /// argmin over y of R(y) + ||y - x||^2/(2 s), from the step size s and x. A new tensor like x, which it neither changes nor
        /// disposes.
        Prox: float -> torch.Tensor -> torch.Tensor
        /// R(x), strength included.
        Value: torch.Tensor -> float
        /// What is known of it.
        Facts: PenaltyFacts
    }

    /// Name and strength.
    member penalty.Display = $"{penalty.Name} {penalty.Strength}"

    /// <summary>Whether the other one has the same name and strength.</summary>
    /// <param name="other">Any object.</param>
    override penalty.Equals(other: obj | null) =
        match other with
        | :? CustomPenalty as other -> penalty.Name = other.Name && penalty.Strength = other.Strength
        | _ -> false

    override penalty.GetHashCode() = hash (penalty.Name, penalty.Strength)
    override penalty.ToString() = penalty.Display
