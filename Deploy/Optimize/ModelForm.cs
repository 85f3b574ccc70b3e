namespace SparseHybrid.Deploy.Optimize;

/// <summary>What becomes of the zeros of a model. Every form computes the same.</summary>
public enum ModelForm
{
    /// <summary>They are stored like all other weights.</summary>
    Dense,

    /// <summary>Tensors with enough of them are stored as their non-zeros: a smaller file, the same speed.</summary>
    SparseWeights,

    /// <summary>Units that do nothing are left out: smaller and faster.</summary>
    Shrunk,

    /// <summary>As shrunk, and layers with many zeros run on sparse kernels, which is decided by their zeros, kind and shape.</summary>
    SparseKernels,

    /// <summary>What proves fastest on this machine, layer by layer: dense, shrunk or a sparse kernel.</summary>
    Auto,
}
