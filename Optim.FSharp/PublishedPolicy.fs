namespace SparseHybrid.Optim

/// Which tensors the versions of the published code regularise, and what they do with all-zero ones. Only for
/// reproducing published runs; the default here is rank 2 and above, chosen by the caller, and weight 0.
[<RequireQualifiedAccess>]
type PublishedPolicy =
    /// Every tensor, biases included; weight 1 where the largest average is 0.
    | First
    /// Every tensor, biases included; weight 0 where the largest average is 0.
    | Mid
    /// Ranks 4 and 2 only; where the largest average is 0, weight 0 for rank 4 and NaN for rank 2.
    | Head

/// Reproduction of the published policies.
[<RequireQualifiedAccess>]
module PublishedPolicy =
    /// <summary>The regularizer that a version of the published code amounts to for a parameter of this rank.</summary>
    /// <param name="policy">The version.</param>
    /// <param name="options">The adaptive norm; its WhenAllZero is replaced by the policy's.</param>
    /// <param name="rank">Number of dimensions of the parameter.</param>
    [<CompiledName("Regularizer")>]
    let regularizer (policy: PublishedPolicy) (options: AdaptiveL1) (rank: int) : Regularizer =
        let adaptive whenAllZero =
            Regularizer.AdaptiveL1
                { options with
                    WhenAllZero = whenAllZero }

        match policy, rank with
        | PublishedPolicy.First, _ -> adaptive WhenAllZero.UnitWeight
        | PublishedPolicy.Mid, _
        | PublishedPolicy.Head, 4 -> adaptive WhenAllZero.ZeroWeight
        | PublishedPolicy.Head, 2 -> adaptive WhenAllZero.NotANumber
        | PublishedPolicy.Head, _ -> Regularizer.Zero
