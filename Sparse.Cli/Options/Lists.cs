using System.Globalization;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Options;

/// <summary>Makers of options that take several values.</summary>
internal static class Lists
{
    private const string Forms = "as 1e-6,5e-6,2e-5 or, spread out evenly, as 1e-6:1e-4:5";

    /// <summary>Strengths of the penalty; null when not given.</summary>
    public static Setting<IReadOnlyList<double>?> Lambdas(string name, string help) =>
        Numbers(name, help, LogSpacing.Lambdas, value => value >= 0, $"it must be numbers of 0 or more, each once, {Forms}");

    /// <summary>Shares of zeros; null when not given.</summary>
    public static Setting<IReadOnlyList<double>?> Targets(string name, string help) =>
        Numbers(name, help, LogSpacing.Targets, value => value is > 0 and < 1, "it must be shares above 0 and below 1, each once, as 0.9,0.95,0.99 or, spread out evenly, as 0.8:0.99:5");

    /// <summary>Names out of a list; null when not given.</summary>
    public static Setting<IReadOnlyList<string>?> Names(string name, string help, IReadOnlyCollection<string> known) => new(name, null, help, token =>
    {
        var names = token.Split(',');
        return names.All(known.Contains) && names.Distinct().Count() == names.Length
            ? (names, null)
            : (null, $"it must be one or more of {string.Join(", ", known)}, each once, with commas between them");
    })
    {
        HelpName = "NAMES",
    };

    /// <summary>Whole numbers from <paramref name="least"/> to <paramref name="most"/>, each once, in any order.</summary>
    public static Setting<IReadOnlyList<int>> Wholes(string name, IReadOnlyList<int> fallback, string kind, string help, int least, int most) => new(name, fallback, help, token =>
    {
        var numbers = token.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return Array.TrueForAll(numbers, number => number >= least && number <= most) && numbers.Distinct().Count() == numbers.Length
            ? (numbers, null)
            : (fallback, $"it must be whole numbers from {least} to {most}, each once, with commas between them");
    })
    {
        HelpName = kind,
    };

    /// <summary>Whole numbers with commas between them, or how many there are to be; null when not given.</summary>
    public static Setting<(long[] Listed, int Count)?> SeedsOrCount(string name, string help) => new(name, null, help, token =>
    {
        var parts = token.Split(',');
        var numbers = parts.Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers switch
        {
            [>= 1 and <= 1000] => ((Array.Empty<long>(), (int)numbers[0]), null),
            [_, _, ..] when numbers.All(number => number >= 0) && numbers.Distinct().Count() == numbers.Length => ((numbers, numbers.Length), null),
            _ => (null, "it must be a count from 1 to 1000, as 3, or two seeds or more, each once, as 1,2,3"),
        };
    })
    {
        HelpName = "SEEDS",
    };

    private static Setting<IReadOnlyList<double>?> Numbers(
        string name, string help, Func<double, double, int, IReadOnlyList<double>> spread, Func<double, bool> isLegal, string problem) => new(name, null, help, token =>
    {
        var values = token.Contains(':') ? Spread(token.Split(':'), spread) : Listed(token.Split(','));
        return values is { Count: > 0 } && values.All(isLegal) && values.Distinct().Count() == values.Count ? (values, null) : (null, problem);
    })
        {
            HelpName = "NUMBERS",
        };

    private static double[]? Listed(string[] parts)
    {
        var numbers = parts.Select(Number).ToArray();
        return numbers.All(double.IsFinite) ? numbers : null;
    }

    private static IReadOnlyList<double>? Spread(string[] parts, Func<double, double, int, IReadOnlyList<double>> spread)
    {
        if (parts.Length != 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1000)
        {
            return null;
        }

        try
        {
            return spread(Number(parts[0]), Number(parts[1]), count);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
