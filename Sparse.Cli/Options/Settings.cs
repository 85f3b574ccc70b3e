using System.CommandLine.Completions;
using System.Globalization;
using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Cli.Options;

/// <summary>Makers of the kinds of options that there are: numbers in a range, names out of a list, paths.</summary>
internal static class Settings
{
    /// <summary>A real number; NaN and the infinities are refused.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="fallback">The value when the option is not given.</param>
    /// <param name="help">What it does, its unit and its default, sentences.</param>
    /// <param name="isLegal">The legal range.</param>
    /// <param name="range">The same range in words, to follow "must be".</param>
    public static Setting<double> Real(string name, double fallback, string help, Func<double, bool> isLegal, string range) =>
        new(name, fallback, help, token =>
            double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && isLegal(value)
                ? (value, null)
                : (fallback, $"it must be {range}"))
        {
            HelpName = "NUMBER",
        };

    /// <summary>Growing numbers joined by commas; null when not given.</summary>
    public static Setting<double[]?> Numbers(string name, string kind, string help, Func<double, bool> isLegal, string range) =>
        new(name, null, help, token =>
        {
            var numbers = token.Split(',')
                .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
                .ToArray();
            var isGrowing = numbers.Zip(numbers.Skip(1), (former, latter) => former < latter).All(grows => grows);
            return isGrowing && numbers.All(number => double.IsFinite(number) && isLegal(number)) ? (numbers, null) : (null, $"it must be {range} joined by commas");
        })
        {
            HelpName = kind,
        };

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Setting<long> Whole(string name, long fallback, string help, long least, long most = int.MaxValue) =>
        new(name, fallback, help, token =>
            long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? (value, null)
                : (fallback, $"it must be a whole number from {least} to {most}"))
        {
            HelpName = "COUNT",
        };

    /// <summary>Sizes of the dimensions of a tensor, joined by x; null when not given.</summary>
    public static Setting<long[]?> Sizes(string name, string help) =>
        new(name, null, help, token =>
        {
            var sizes = token.Split('x').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
            return sizes.All(size => size is >= 1 and <= int.MaxValue) ? (sizes, null) : (null, "it must be sizes of 1 or more joined by x, as 3x224x224");
        })
        {
            HelpName = "SIZES",
        };

    /// <summary>Units of layers, joined by dashes; null when not given.</summary>
    public static Setting<int[]?> Widths(string name, string help) =>
        new(name, null, help, token =>
        {
            var widths = token.Split('-').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? width : 0).ToArray();
            return widths.All(width => width >= 1) ? (widths, null) : (null, "it must be whole numbers of 1 or more joined by -, as 300-100");
        })
        {
            HelpName = "WIDTHS",
        };

    /// <summary>Bounds on the zeros of single layers, PATTERN=LEAST..MOST joined by commas; none when not given.</summary>
    public static Setting<IReadOnlyList<LayerSparsity>> LayerBounds(string name, string help) =>
        new(name, [], help, token =>
        {
            var layers = token.Split(',').Select(LayerBound).ToList();
            return layers.TrueForAll(layer => layer is not null)
                ? ([.. layers.OfType<LayerSparsity>()], null)
                : ([], "it must be entries PATTERN=LEAST..MOST joined by commas, with bounds above 0 and below 1, as fc1.weight=0.9..0.99,fc3.weight=..0.8");
        })
        {
            HelpName = "BOUNDS",
        };

    /// <summary>One name out of a list.</summary>
    public static Setting<T> Choice<T>(string name, T fallback, string help, params (string Name, T Value)[] choices)
    {
        var names = choices.Select(choice => choice.Name).ToArray();
        var setting = new Setting<T>(name, fallback, help, token =>
            Array.FindIndex(names, known => known == token) is >= 0 and var index
                ? (choices[index].Value, null)
                : (fallback, $"it must be {Words.Alternatives(names)}"))
        {
            HelpName = string.Join('|', names),
        };
        setting.CompletionSources.Add(_ => names.Select(known => new CompletionItem(known)));
        return setting;
    }

    /// <summary>One name out of a list, where the name itself is the value.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="fallback">The value when the option is not given.</param>
    /// <param name="help">What it does, its unit and its default, sentences.</param>
    /// <param name="names">The list.</param>
    /// <param name="kind">A word for the value where the list is too long to stand beside the option; the help then lists the names.</param>
    public static Setting<string> Choice(string name, string fallback, string help, IEnumerable<string> names, string? kind = null)
    {
        var setting = Choice(name, fallback, help, [.. names.Select(known => (known, known))]);
        setting.HelpName = kind ?? setting.HelpName;
        return setting;
    }

    private static LayerSparsity? LayerBound(string entry)
    {
        if (entry.Split('=') is not [{ Length: > 0 } pattern, var range] || range.Split("..") is not [var least, var most])
        {
            return null;
        }

        var (low, high) = (Share(least), Share(most));
        var isLegal = (low is not null || least.Length == 0) && (high is not null || most.Length == 0) && (low ?? high) is not null && !(low > high);
        return isLegal ? new LayerSparsity { Pattern = pattern, AtLeast = low, AtMost = high } : null;
    }

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1 ? value : null;

    /// <summary>A file or folder; null when not given.</summary>
    public static Setting<string?> Place(string name, string kind, string help) =>
        new(name, null, help, token => token.Length > 0 ? (token, null) : (null, "it must not be empty")) { HelpName = kind };
}
