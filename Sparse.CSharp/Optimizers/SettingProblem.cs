using System.Globalization;

namespace SparseHybrid.Optimizers;

/// <summary>A setting that is out of range. Settings are checked all at once, so that a user mends them all at once.</summary>
internal sealed record SettingProblem(string Name, string Value, string LegalRange)
{
    /// <summary>Null when the setting is as it should be.</summary>
    public static SettingProblem? Unless(bool isLegal, string name, IFormattable value, string legalRange) =>
        isLegal ? null : new SettingProblem(name, value.ToString(null, CultureInfo.InvariantCulture), legalRange);

    /// <summary>Null when the number is finite and not below the least one.</summary>
    public static SettingProblem? UnlessAtLeast(double least, string name, double value) =>
        Unless(value >= least && double.IsFinite(value), name, value, string.Create(CultureInfo.InvariantCulture, $"a finite number, {least} or more"));

    /// <summary>Null when the number is finite and above 0.</summary>
    public static SettingProblem? UnlessPositive(string name, double value) =>
        Unless(value > 0 && double.IsFinite(value), name, value, "a finite number above 0");

    /// <summary>Null when the number is from 0 to 1.</summary>
    public static SettingProblem? UnlessShare(string name, double value) =>
        Unless(value is >= 0 and <= 1, name, value, "a number from 0 to 1");

    /// <summary>Null when the number is from 0 to below 1.</summary>
    public static SettingProblem? UnlessBelowOne(string name, double value) =>
        Unless(value is >= 0 and < 1, name, value, "a number from 0 to below 1");

    /// <summary>Null when the value is one of its type's names.</summary>
    public static SettingProblem? UnlessDefined<T>(string name, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : new SettingProblem(name, $"{value}", $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>Null when F# accepts what it is asked to make; its own reason otherwise.</summary>
    public static SettingProblem? OfAttempt(string name, string value, Action attempt)
    {
        try
        {
            attempt();
            return null;
        }
        catch (ArgumentException error)
        {
            var reason = error.Message.Split(" (Parameter", 2)[0].TrimEnd('.');
            return new SettingProblem(name, value, $"one that fits: {reason}");
        }
    }

    /// <summary>The same problems of settings that lie within another one.</summary>
    public static IEnumerable<SettingProblem> Within(string path, IEnumerable<SettingProblem?> problems) =>
        problems.OfType<SettingProblem>().Select(problem => problem with { Name = $"{path}.{problem.Name}" });

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
