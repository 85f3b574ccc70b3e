namespace SparseHybrid.Kernels;

/// <summary>The sums of one row for as many samples as fit in a few registers.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal unsafe interface ITile<TSelf>
    where TSelf : unmanaged, ITile<TSelf>
{
    /// <summary>Samples: the vectors' width times their number.</summary>
    static abstract int Samples { get; }

    /// <summary>The same start for all samples.</summary>
    static abstract TSelf Start(float bias);

    /// <summary>Adds weight * input for every sample.</summary>
    /// <param name="sums">So far.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="inputs">The samples' inputs that it multiplies.</param>
    static abstract TSelf Add(TSelf sums, float weight, float* inputs);

    /// <summary>left + right.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Writes the sums, or max(0, sums).</summary>
    static abstract void Store(TSelf sums, bool relu, float* target);
}
