namespace SparseHybrid;

/// <summary>
/// Base of every error whose cause lies outside the program: a file, a native library, a model, a machine without the
/// device asked for. A caller's own mistake is an <see cref="ArgumentException"/> instead.
/// </summary>
/// <remarks>
/// <see cref="Exception.Message"/> has two lines: <see cref="What"/> and <see cref="Why"/> on the first,
/// <see cref="Fix"/> on the second, ready to be shown to a user as it is.
/// </remarks>
public class SparseHybridException : Exception
{
    /// <param name="what">What did not work, a sentence with the offending file or value.</param>
    /// <param name="why">What was found and what was expected, a sentence.</param>
    /// <param name="fix">What the user can do now, a sentence.</param>
    /// <param name="inner">The error that this one adds context to.</param>
    public SparseHybridException(string what, string why, string fix, Exception? inner = null)
        : base($"{what} {why}{Environment.NewLine}{fix}", inner)
    {
        What = what;
        Why = why;
        Fix = fix;
    }

    /// <summary>What did not work.</summary>
    public string What { get; }

    /// <summary>What was found and what was expected.</summary>
    public string Why { get; }

    /// <summary>What the user can do now.</summary>
    public string Fix { get; }
}
