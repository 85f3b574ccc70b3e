namespace SparseHybrid.Comparisons;

/// <summary>What an arm is in its comparison for.</summary>
public enum ArmRole
{
    /// <summary>The one that all others are compared with; just one arm.</summary>
    Subject,

    /// <summary>What the claim is tested against.</summary>
    Comparator,

    /// <summary>Shown and compared beside them, without a part in the verdict.</summary>
    Control,

    /// <summary>Gives the weights that other arms begin with, and its epochs are counted there; not a row of the table.</summary>
    Start,
}
