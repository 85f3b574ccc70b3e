namespace SparseHybrid.Comparisons;

/// <summary>What a comparison says of its claim.</summary>
public enum ClaimOutcome
{
    /// <summary>Every pair speaks for it.</summary>
    Supported,

    /// <summary>Some pairs speak for it, none against it.</summary>
    SupportedInPart,

    /// <summary>Some pairs speak for it, some against it.</summary>
    Mixed,

    /// <summary>No pair speaks for it or against it: with so few seeds nothing was shown.</summary>
    NotShown,

    /// <summary>Some pairs speak against it, none for it.</summary>
    Contradicted,
}
