namespace SparseHybrid.Deploy.Optimize;

/// <summary>What becomes of the zeros of a model. Every form computes the same.</summary>
public enum ModelForm
{
    /// <summary>They are stored like all other weights.</summary>
    Dense,

    /// <summary>Units that do nothing are left out: smaller and faster.</summary>
    Shrunk,
}
