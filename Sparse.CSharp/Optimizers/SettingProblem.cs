using System.Globalization;

namespace SparseHybrid.Optimizers;

/// <summary>A setting that is out of range. Settings are checked all at once, so that a user mends them all at once.</summary>
internal sealed record SettingProblem(string Name, string Value, string LegalRange)
{
    /// <summary>Null when the setting is as it should be.</summary>
    public static SettingProblem? Unless(bool isLegal, string name, IFormattable value, string legalRange) =>
        isLegal ? null : new SettingProblem(name, value.ToString(null, CultureInfo.InvariantCulture), legalRange);

    /// <exception cref="ArgumentException">There is at least one problem; the message lists them all.</exception>
    public static void ThrowIfAny(IEnumerable<SettingProblem?> problems, string summary)
    {
        var found = problems.OfType<SettingProblem>().Select(problem => $"{problem.Name} is {problem.Value}, expected {problem.LegalRange}").ToList();
        if (found.Count > 0)
        {
            throw new ArgumentException($"{summary}: {string.Join("; ", found)}.");
        }
    }
}
