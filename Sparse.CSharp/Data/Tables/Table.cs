using System.Globalization;
using SparseHybrid.Configuration;

namespace SparseHybrid.Data.Tables;

/// <summary>A CSV file with named columns.</summary>
/// <param name="Path">The file.</param>
/// <param name="Separator">What stands between fields.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="Columns">Their names; their numbers, counted from 1, where the file has none.</param>
/// <param name="Rows">The rows below the header.</param>
internal sealed record Table(string Path, char Separator, bool HasHeader, IReadOnlyList<string> Columns, List<CsvRow> Rows)
{
    private static readonly string[] Missing = ["", "?", "na", "n/a", "nan", "null", "none"];

    /// <summary>Reads a file. Its first row is a header where none of its fields is a number.</summary>
    /// <exception cref="DataException">It cannot be read, has no rows, or names two columns alike.</exception>
    public static Table Read(string path)
    {
        var (separator, rows) = CsvFile.Read(path);
        var hasHeader = rows is [var first, ..] && !first.Fields.Any(field => TryNumber(field, out _) || IsMissing(field));
        if (rows.Count == (hasHeader ? 1 : 0) || rows[0].Fields.Length < 2)
        {
            throw new DataException(
                path,
                $"'{path}' cannot be learned from.",
                $"It has {rows.Count - (hasHeader ? 1 : 0)} rows and {(rows.Count == 0 ? 0 : rows[0].Fields.Length)} columns.",
                "Save a table of two columns or more, a sample in each row, with commas, semicolons or tabs between the fields.");
        }

        var columns = hasHeader ? rows[0].Fields : [.. Enumerable.Range(1, rows[0].Fields.Length).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        if (columns.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new DataException(path, $"'{path}' cannot be learned from.", $"Two of its columns are called '{twice.Key}'.", "Give every column a name of its own.");
        }

        return new Table(path, separator, hasHeader, columns, hasHeader ? rows[1..] : rows);
    }

    /// <summary>The place of a column.</summary>
    /// <exception cref="DataException">There is none of this name; the nearest is named.</exception>
    public int Find(string column)
    {
        var index = Columns.ToList().IndexOf(column);
        return index >= 0
            ? index
            : throw new DataException(
                Path, $"'{Path}' has no column '{column}'.", $"It has {Few(Columns)}; nearest is '{NearestName.Of(column, Columns)}'.", "Name one of these.");
    }

    /// <summary>Whether a field says that there is no value.</summary>
    public static bool IsMissing(string field) => Missing.Contains(field, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a number as JSON has them, with a point.</summary>
    public static bool TryNumber(string field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Some names for a sentence.</summary>
    public static string Few(IReadOnlyCollection<string> names) =>
        names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(12))} and {names.Count - 12} more";
}
