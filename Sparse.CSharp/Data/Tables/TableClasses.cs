namespace SparseHybrid.Data.Tables;

/// <summary>How the values of a column become class numbers from 0: in the order of numbers, else of the alphabet.</summary>
internal sealed class TableClasses
{
    private const int Most = 1000;

    private readonly Dictionary<string, long> numbers;

    private TableClasses(string column, IReadOnlyList<string> names)
    {
        Column = column;
        Names = names;
        numbers = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => (long)pair.number);
    }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>Its values, in the order of their numbers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds the classes.</summary>
    /// <exception cref="DataException">The column has one value only, or so many that they are no classes.</exception>
    public static TableClasses Of(Table table, int column)
    {
        var values = table.Rows.Select(row => row.Fields[column]).Distinct().ToList();
        if (values.Count < 2 || values.Count > Most || (values.Count > 20 && 2 * values.Count > table.Rows.Count))
        {
            throw new DataException(
                table.Path,
                $"Column '{table.Columns[column]}' of '{table.Path}' cannot be the classes.",
                $"It has {values.Count} different values in {table.Rows.Count} rows.",
                $"Name the column of classes with --label: one of {Table.Few(table.Columns)}. Numbers to predict have to be put into ranges first.");
        }

        var areNumbers = values.TrueForAll(value => Table.TryNumber(value, out _));
        return new TableClasses(table.Columns[column], areNumbers ? [.. values.OrderBy(Number)] : [.. values.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The class of a row.</summary>
    /// <exception cref="DataException">The training part has no such class.</exception>
    public long Of(Table table, CsvRow row, int column) =>
        numbers.TryGetValue(row.Fields[column], out var number)
            ? number
            : throw new DataException(
                table.Path, $"'{table.Path}' does not go with the training part.", $"Line {row.Line} is of class '{row.Fields[column]}', which that has not.",
                "Take both parts out of the same classes.");

    private static double Number(string value) => Table.TryNumber(value, out var number) ? number : double.NaN;
}
