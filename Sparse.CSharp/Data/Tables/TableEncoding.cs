namespace SparseHybrid.Data.Tables;

/// <summary>How the columns of a table become numbers: numbers as they are, words as an input of 0 or 1 for each.</summary>
internal sealed class TableEncoding
{
    /// <summary>A column with more words than this names things, as an identity or a remark does, and says little by itself.</summary>
    public const int MostWords = 64;

    private readonly (int Column, string[]? Words)[] columns;

    private TableEncoding((int Column, string[]? Words)[] columns, IReadOnlyList<string> names)
    {
        this.columns = columns;
        Features = [.. columns.SelectMany(entry => entry.Words is { } words
            ? words.Select(word => new TableFeature(names[entry.Column], word))
            : [new TableFeature(names[entry.Column], null)])];
    }

    /// <summary>Every input, in order.</summary>
    public IReadOnlyList<TableFeature> Features { get; }

    /// <summary>Finds out what each column holds.</summary>
    /// <param name="table">The table to learn from, without incomplete rows.</param>
    /// <param name="chosen">The columns that are inputs.</param>
    /// <exception cref="DataException">A column holds numbers but for a few fields, or too many words.</exception>
    public static TableEncoding Of(Table table, IEnumerable<int> chosen) =>
        new([.. chosen.Select(column => (column, Words(table, column)))], table.Columns);

    /// <summary>One row as inputs.</summary>
    /// <exception cref="DataException">A field is no number where the column has numbers.</exception>
    public float[] Encode(Table table, CsvRow row)
    {
        var inputs = new float[Features.Count];
        var at = 0;
        foreach (var (column, words) in columns)
        {
            var field = row.Fields[column];
            if (words is null)
            {
                inputs[at++] = Table.TryNumber(field, out var number) && float.IsFinite((float)number) ? (float)number : throw NoNumber(table, row, column);
                continue;
            }

            // A word that the training part does not have leaves all of them 0.
            var known = Array.IndexOf(words, field);
            if (known >= 0)
            {
                inputs[at + known] = 1;
            }

            at += words.Length;
        }

        return inputs;
    }

    private static string[]? Words(Table table, int column)
    {
        var numbers = table.Rows.Count(row => Table.TryNumber(row.Fields[column], out _));
        if (numbers == table.Rows.Count)
        {
            return null;
        }

        if (2 * numbers >= table.Rows.Count)
        {
            throw NoNumber(table, table.Rows.First(row => !Table.TryNumber(row.Fields[column], out _)), column);
        }

        var words = table.Rows.Select(row => row.Fields[column]).Distinct().Order(StringComparer.Ordinal).ToArray();
        return words.Length <= MostWords
            ? words
            : throw new DataException(
                table.Path,
                $"'{table.Path}' cannot be learned from.",
                $"Column '{table.Columns[column]}' has {words.Length} different texts, as '{words[0]}'; an input for each is made of at most {MostWords}.",
                $"Leave it out (--ignore '{table.Columns[column]}'); or save numbers with a point, and words that sum up.");
    }

    private static DataException NoNumber(Table table, CsvRow row, int column) => new(
        table.Path,
        $"'{table.Path}' cannot be learned from.",
        $"Line {row.Line} has '{row.Fields[column]}' in column '{table.Columns[column]}', which has numbers elsewhere.",
        $"Mend the field, or leave the column out (--ignore '{table.Columns[column]}').");
}
