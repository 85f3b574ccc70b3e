namespace SparseHybrid.Deploy;

/// <summary>A benchmark cannot be run or would compare what is not comparable.</summary>
public sealed class BenchmarkException : SparseHybridException
{
    /// <param name="what">What did not work, a sentence with the offending file or value.</param>
    /// <param name="why">What was found and what was expected, a sentence.</param>
    /// <param name="fix">What the user can do now, a sentence.</param>
    /// <param name="inner">The error that this one adds context to.</param>
    public BenchmarkException(string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) { }
}
