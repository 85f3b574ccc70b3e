namespace SparseHybrid.Deploy.Shrink;

/// <summary>Settings of shrinking. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record ShrinkOptions
{
    /// <summary>The largest multiple that makes sense on any processor.</summary>
    public const int MostRoundTo = 1024;

    /// <summary>
    /// Widths are rounded up to a multiple of this with channels that could go, where there are any: vector units like multiples of
    /// 8 or 16. 1 to 1024; default 1, as small as possible.
    /// </summary>
    public int RoundTo { get; init; } = 1;

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public void Validate()
    {
        if (RoundTo is < 1 or > MostRoundTo)
        {
            throw new ArgumentException($"{nameof(RoundTo)} is {RoundTo}; it must be 1 to {MostRoundTo}.");
        }
    }
}
