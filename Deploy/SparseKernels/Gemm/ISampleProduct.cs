namespace SparseHybrid.Kernels;

/// <summary>y = act(W x + bias) for one sample x, the rows of W in groups that threads may share.</summary>
internal unsafe interface ISampleProduct : IDisposable
{
    /// <summary>Up to so many samples it pays to take them one by one, rather than a tile of which most is empty.</summary>
    int FewSamples { get; }

    /// <summary>The work before each group, and behind the last all of it.</summary>
    ReadOnlySpan<int> WorkBefore { get; }

    /// <summary>Computes the rows of some groups.</summary>
    /// <param name="x">The inputs that the weights use, with <see cref="SparseProduct.Padding"/> more floats, finite ones, behind them.</param>
    /// <param name="y">All rows' outputs.</param>
    /// <param name="firstGroup">The first group.</param>
    /// <param name="endGroup">Behind the last.</param>
    void Run(float* x, float* y, int firstGroup, int endGroup);
}
