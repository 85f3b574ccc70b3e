namespace SparseHybrid.Deploy;

/// <summary>A model cannot have another precision: it is quantised already, has nothing to quantise, or its values are out of range.</summary>
public sealed class QuantizationException : SparseHybridException
{
    /// <param name="what">What did not work, a sentence with the offending layer or value.</param>
    /// <param name="why">What was found and what was expected, a sentence.</param>
    /// <param name="fix">What the user can do now, a sentence.</param>
    /// <param name="inner">The error that this one adds context to.</param>
    public QuantizationException(string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) { }
}
