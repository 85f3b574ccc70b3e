using System.Globalization;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Numbers as people read them.</summary>
internal static class Format
{
    /// <summary>A share (0..1) as a percentage with one decimal; a share just below 1 is never shown as 100 %.</summary>
    public static string Percent(double share) =>
        Invariant($"{(share < 1 ? Math.Min(100 * share, 99.9) : 100):0.0} %");

    /// <summary>As <see cref="Percent"/> with two decimals, where the last percent is what matters.</summary>
    public static string FinePercent(double share) =>
        Invariant($"{(share < 1 ? Math.Min(100 * share, 99.99) : 100):0.00} %");

    /// <summary>Bytes in the decimal units of file sizes.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Invariant($"{bytes} B"),
        < 1_000_000 => Invariant($"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => Invariant($"{bytes / 1e6:0.##} MB"),
        _ => Invariant($"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>Memory in binary gigabytes.</summary>
    public static string Gibibytes(long bytes) => Invariant($"{bytes / (double)(1L << 30):0.#} GiB");

    /// <summary>A duration from microseconds up to seconds.</summary>
    public static string Microseconds(double microseconds) => microseconds switch
    {
        < 99.95 => Invariant($"{microseconds:0.0} us"),
        < 9_999.5 => Invariant($"{microseconds:0} us"),
        < 999_950 => Invariant($"{microseconds / 1e3:0.0} ms"),
        _ => Invariant($"{microseconds / 1e6:0.00} s"),
    };

    /// <summary>A duration from seconds up to days.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.95 => Invariant($"{time.TotalSeconds:0.0} s"),
        < 99.5 => Invariant($"{time.TotalSeconds:0} s"),
        < 3_600 => Invariant($"{(int)time.TotalMinutes} min {time.Seconds} s"),
        < 86_400 => Invariant($"{(int)time.TotalHours} h {time.Minutes} min"),
        _ => Invariant($"{(int)time.TotalDays} d {time.Hours} h"),
    };

    /// <summary>How many times, with two significant decimals where they matter.</summary>
    public static string Ratio(double ratio) => ratio < 9.95 ? Invariant($"{ratio:0.00}x") : Invariant($"{ratio:0.0}x");

    /// <summary>A whole number in groups of three digits, apart by thin room.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A large whole number, three digits of it or so.</summary>
    public static string Magnitude(long count) => count switch
    {
        < 10_000 => Invariant($"{count}"),
        < 1_000_000 => Invariant($"{count / 1e3:0.#}k"),
        < 1_000_000_000 => Invariant($"{count / 1e6:0.##}M"),
        _ => Invariant($"{count / 1e9:0.##}G"),
    };

    /// <summary>A rate a second, in groups of three digits.</summary>
    public static string PerSecond(double rate) => $"{Count((long)Math.Round(rate))} /s";

    /// <summary>A loss, four decimals.</summary>
    public static string Loss(double loss) => Invariant($"{loss:0.0000}");

    /// <summary>lambda in a line of progress, with room after it; nothing where it does not move.</summary>
    public static string Lambda(double? lambda) => lambda is { } value ? Invariant($"lambda {value:0.0e-0}  ") : "";

    /// <summary>The text with numbers written alike everywhere.</summary>
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
