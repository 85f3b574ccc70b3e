namespace SparseHybrid.Data.Tables;

/// <summary>Rows as numbers.</summary>
/// <param name="Inputs">The inputs of all rows, one row after the other.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record TablePart(float[] Inputs, long[] Labels)
{
    /// <summary>Whether every input is a whole number from 0 to 255.</summary>
    public bool AreBytes => Array.TrueForAll(Inputs, value => value is >= 0 and <= 255 && value == MathF.Floor(value));

    /// <summary>Encodes some rows of a table.</summary>
    /// <exception cref="DataException">A field does not fit; or there are more numbers than an array holds.</exception>
    public static TablePart Of(Table table, IEnumerable<CsvRow> rows, int label, TableClasses classes, TableEncoding encoding)
    {
        var chosen = rows.ToList();
        var width = encoding.Features.Count;
        if ((long)chosen.Count * width * sizeof(float) > int.MaxValue)
        {
            throw new DataException(
                table.Path, $"'{table.Path}' is too large.", $"{chosen.Count} rows of {width} inputs take more than 2 GiB.", "Leave columns or rows out.");
        }

        var inputs = new float[chosen.Count * width];
        for (var i = 0; i < chosen.Count; i++)
        {
            encoding.Encode(table, chosen[i]).CopyTo(inputs, i * width);
        }

        return new TablePart(inputs, [.. chosen.Select(row => classes.Of(table, row, label))]);
    }
}
