using SparseHybrid.Runs;

namespace SparseHybrid.Data.Tables;

/// <summary>Makes of a CSV file the arrays that <see cref="NumpyDataset"/> reads.</summary>
public static class TableImport
{
    /// <summary>What the name of the file beside the arrays ends with.</summary>
    public const string ColumnsSuffix = ".columns.json";

    /// <summary>
    /// Reads a table and writes its rows as x_train, y_train, x_test and y_test, and beside them a JSON file that says what each input
    /// and each class is. Numbers become inputs as they are (training normalises them); words an input of 0 or 1 for each of theirs.
    /// </summary>
    /// <param name="table">A CSV file, a sample in each row.</param>
    /// <param name="file">The .npz file to write; one that exists is replaced.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="DataException">The table cannot be read or learned from; the message names line and column. Nothing is written.</exception>
    /// <exception cref="RunException">The files cannot be written.</exception>
    public static TableImportReport Write(string table, string file, TableImportOptions? options = null)
    {
        options ??= new TableImportOptions();
        options.Validate();
        var (training, dropped) = Complete(Table.Read(table), options);
        var label = options.Label is { } name ? training.Find(name) : training.Columns.Count - 1;
        var ignored = options.Ignored.Select(training.Find).Append(label).ToHashSet();
        var classes = TableClasses.Of(training, label);
        var encoding = TableEncoding.Of(training, Enumerable.Range(0, training.Columns.Count).Where(column => !ignored.Contains(column)));
        var shape = Shape(training, encoding, options);
        var (learn, judge) = Parts(training, label, classes, encoding, options, ref dropped);
        var report = new TableImportReport
        {
            Table = Path.GetFileName(table),
            File = file,
            Features = encoding.Features,
            InputShape = shape,
            Label = classes.Column,
            Classes = classes.Names,
            Training = learn.Labels.Length,
            Test = judge.Labels.Length,
            Dropped = dropped,
            Separator = CsvFile.Name(training.Separator),
            HasHeader = training.HasHeader,
        };
        Save(file, shape, learn, judge, isBytes: options.ImageShape is not null && learn.AreBytes && judge.AreBytes);
        ImportDescription.Write(file, ColumnsSuffix, report with { File = Path.GetFileName(file) });
        return report;
    }

    private static (Table Table, long Dropped) Complete(Table table, TableImportOptions options)
    {
        var unused = options.Ignored.Select(table.Find).ToHashSet();
        var used = Enumerable.Range(0, table.Columns.Count).Where(column => !unused.Contains(column)).ToArray();
        var complete = table.Rows.FindAll(row => !used.Any(column => Table.IsMissing(row.Fields[column])));
        if (complete.Count < table.Rows.Count && !options.DropsIncomplete)
        {
            var row = table.Rows.Find(row => used.Any(column => Table.IsMissing(row.Fields[column])))!;
            var column = used.First(column => Table.IsMissing(row.Fields[column]));
            throw new DataException(
                table.Path,
                $"'{table.Path}' lacks values in {table.Rows.Count - complete.Count} of {table.Rows.Count} rows.",
                $"Line {row.Line} has '{row.Fields[column]}' in column '{table.Columns[column]}'.",
                $"Fill them in, leave such rows out (--drop-incomplete), or the column (--ignore '{table.Columns[column]}').");
        }

        return complete.Count > 0
            ? (table with { Rows = complete }, table.Rows.Count - complete.Count)
            : throw new DataException(
                table.Path, $"'{table.Path}' cannot be learned from.", "Every row lacks a value.", "Leave out the columns that lack them (--ignore).");
    }

    private static long[] Shape(Table table, TableEncoding encoding, TableImportOptions options)
    {
        if (encoding.Features.Count == 0)
        {
            throw new DataException(table.Path, $"'{table.Path}' cannot be learned from.", "No column is left as an input.", "Ignore fewer of them.");
        }

        var shape = options.ImageShape ?? [encoding.Features.Count];
        return shape.Aggregate(1L, (product, size) => product * size) == encoding.Features.Count
            ? [.. shape]
            : throw new DataException(
                table.Path,
                $"'{table.Path}' does not hold images of {string.Join('x', shape)}.",
                $"It has {encoding.Features.Count} inputs: {Table.Few([.. encoding.Features.Select(feature => feature.Column)])}.",
                "Name the shape that has as many pixels, or leave columns out that are none (--ignore).");
    }

    private static (TablePart Learn, TablePart Judge) Parts(
        Table training, int label, TableClasses classes, TableEncoding encoding, TableImportOptions options, ref long dropped)
    {
        if (options.TestTable is { } place)
        {
            var (test, droppedToo) = Complete(Table.Read(place), options);
            if (!test.Columns.SequenceEqual(training.Columns))
            {
                throw new DataException(
                    place, $"'{place}' does not go with '{training.Path}'.", $"It has the columns {Table.Few(test.Columns)}; the other has {Table.Few(training.Columns)}.",
                    "Save both tables with the same columns in the same order.");
            }

            dropped += droppedToo;
            return (TablePart.Of(training, training.Rows, label, classes, encoding), TablePart.Of(test, test.Rows, label, classes, encoding));
        }

        var isTest = StratifiedSplit.Of([.. training.Rows.Select(row => classes.Of(training, row, label))], options.TestShare, options.Seed);
        if (!isTest.Contains(true))
        {
            throw new DataException(
                training.Path, $"'{training.Path}' has too few rows.", $"A share of {options.TestShare} of {training.Rows.Count} rows leaves none to judge by.",
                "Add rows, set aside more (--test-share), or name a table to judge by (--test).");
        }

        return (
            TablePart.Of(training, training.Rows.Where((_, row) => !isTest[row]), label, classes, encoding),
            TablePart.Of(training, training.Rows.Where((_, row) => isTest[row]), label, classes, encoding));
    }

    private static void Save(string file, long[] shape, TablePart learn, TablePart judge, bool isBytes) => AtomicFile.Write(file, stream =>
    {
        using var writer = new NpzWriter(stream);
        foreach (var (name, part) in new[] { ("train", learn), ("test", judge) })
        {
            long[] sizes = [part.Labels.Length, .. shape];
            if (isBytes)
            {
                writer.Add($"x_{name}", sizes, Array.ConvertAll(part.Inputs, value => (byte)value));
            }
            else
            {
                writer.Add($"x_{name}", sizes, part.Inputs);
            }

            writer.Add($"y_{name}", [part.Labels.Length], part.Labels);
        }
    });
}
