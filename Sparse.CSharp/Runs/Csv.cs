using System.Globalization;

namespace SparseHybrid.Runs;

/// <summary>Tables as CSV (RFC 4180): commas, lines that end in CR LF, numbers as JSON writes them, an empty field for null.</summary>
public static class Csv
{
    /// <summary>The header and the rows.</summary>
    public static string Write(IEnumerable<string> header, IEnumerable<IEnumerable<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return string.Concat(rows.Prepend(header).Select(row => string.Join(',', row.Select(Field)) + "\r\n"));
    }

    private static string Field(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
