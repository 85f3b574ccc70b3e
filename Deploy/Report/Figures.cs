using System.Globalization;

namespace SparseHybrid.Deploy.Report;

/// <summary>Numbers as a page shows them, without their units.</summary>
internal static class Figures
{
    /// <summary>A share (0..1) in percent, two decimals; a share just below 1 is never shown as 100.</summary>
    public static string Percent(double share) =>
        (share < 1 ? Math.Min(100 * share, 99.99) : 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A whole number in groups of three digits.</summary>
    public static string Count(double count) => Math.Round(count).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    /// <summary>Seconds, one decimal.</summary>
    public static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A duration with its units, in whole seconds.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 99.5 } => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };

    /// <summary>A number with so many decimals; a dash where there is none.</summary>
    public static string Decimals(double? number, int decimals) => number?.ToString($"F{decimals}", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Three significant digits, with an exponent only where zeros would pile up; for magnitudes of any size.</summary>
    public static string Significant(double number) => number.ToString(
        Math.Abs(number) is 0 or (>= 1e-3 and < 1e3) ? "G3" : "0.##e-0", CultureInfo.InvariantCulture);

    /// <summary>Bytes in thousands.</summary>
    public static string Kilobytes(long bytes) => (bytes / 1e3).ToString(bytes < 100_000 ? "0.0" : "#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    /// <summary>Microseconds, with decimals where they are few.</summary>
    public static string Microseconds(double microseconds) => microseconds.ToString(microseconds < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>How many times, as 2.5×.</summary>
    public static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + "×";
}
