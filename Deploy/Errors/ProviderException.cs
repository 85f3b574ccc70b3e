namespace SparseHybrid.Deploy;

/// <summary>ONNX Runtime, or one of its execution providers, is not to be had on this machine.</summary>
public sealed class ProviderException : SparseHybridException
{
    /// <param name="what">What did not work, a sentence with the offending file or value.</param>
    /// <param name="why">What was found and what was expected, a sentence.</param>
    /// <param name="fix">What the user can do now, a sentence.</param>
    /// <param name="inner">The error that this one adds context to.</param>
    public ProviderException(string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) { }
}
