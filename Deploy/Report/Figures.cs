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
}
