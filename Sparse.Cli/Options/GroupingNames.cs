using System.Globalization;
using SparseHybrid.Optim;

namespace SparseHybrid.Cli.Options;

/// <summary>Groupings as --mode has them.</summary>
internal static class GroupingNames
{
    private const string Block = "block:";

    private static readonly (string Name, Grouping Grouping)[] Known =
    [
        ("element", Grouping.Element),
        ("kernel", Grouping.Kernel),
        ("output-filter", Grouping.OutputFilter),
        ("input-channel", Groupings.InputChannel(1)),
        ("row", Grouping.Row),
        ("column", Grouping.Column),
    ];

    /// <summary>The grouping, or what is wrong with the word.</summary>
    public static (Grouping Value, string? Problem) Parse(string token)
    {
        if (Array.Find(Known, known => known.Name == token).Grouping is { } grouping)
        {
            return (grouping, null);
        }

        var sizes = token.StartsWith(Block, StringComparison.Ordinal) ? token[Block.Length..].Split('x') : [];
        return sizes.Length == 2 && Size(sizes[0]) is { } rows && Size(sizes[1]) is { } columns
            ? (Groupings.Block(rows, columns), null)
            : (Grouping.Element, $"it must be {Words.Alternatives([.. Known.Select(known => known.Name), "block:RxC, as block:4x16"])}");
    }

    private static int? Size(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 ? size : null;
}
