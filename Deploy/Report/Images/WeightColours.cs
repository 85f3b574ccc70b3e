namespace SparseHybrid.Deploy.Report.Images;

/// <summary>
/// Weights as colours that suit a light and a dark page alike: the hue tells the sign, the opacity the magnitude, and an exact zero
/// is the page itself.
/// </summary>
internal static class WeightColours
{
    private const byte Nothing = 0;
    private const int Steps = 127; // of each sign: 256 colours with nothing and the lines
    private const byte LineOpacity = 0x55;
    private const double LeastOpacity = 0.3; // a weight that is left is seen, however small

    /// <summary>The number of the colour of lines between images; the same in both lists.</summary>
    public const byte Line = 1;

    private static readonly Colour[] NothingAndLine = [new(0, 0, 0, 0), new(0x80, 0x88, 0x90, LineOpacity)];

    /// <summary>The colours that <see cref="OfWeight"/> numbers: nothing, lines, then positive weights from faint to full, then negative ones.</summary>
    public static IReadOnlyList<Colour> Signed { get; } =
        [.. NothingAndLine, .. Ramp(new Colour(0x1f, 0x86, 0xd6)), .. Ramp(new Colour(0xe2, 0x6a, 0x1c))];

    /// <summary>The colours that <see cref="OfShare"/> numbers.</summary>
    public static IReadOnlyList<Colour> Shares { get; } = [.. NothingAndLine, .. Ramp(new Colour(0x2a, 0x94, 0x8a))];

    /// <summary>The number of a weight's colour.</summary>
    /// <param name="weight">The weight; what is not a number has no colour.</param>
    /// <param name="full">The magnitude that gets the full colour, as larger ones do.</param>
    public static byte OfWeight(float weight, float full) => weight switch
    {
        > 0 => Step(weight / full),
        < 0 => (byte)(Steps + Step(-weight / full)),
        _ => Nothing,
    };

    /// <summary>The number of the colour of a share (0..1) of weights that are left.</summary>
    public static byte OfShare(double share) => share > 0 ? Step(share) : Nothing;

    private static byte Step(double share) => (byte)(Line + Math.Clamp((int)Math.Ceiling(Steps * share), 1, Steps));

    private static IEnumerable<Colour> Ramp(Colour full) => Enumerable.Range(1, Steps).Select(step =>
        full with { Opacity = (byte)Math.Round(255 * (LeastOpacity + (1 - LeastOpacity) * step / Steps)) });
}
