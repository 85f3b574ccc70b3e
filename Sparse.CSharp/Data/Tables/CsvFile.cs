using System.Text;

namespace SparseHybrid.Data.Tables;

/// <summary>Reads tables as RFC 4180 describes them, with commas, semicolons or tabs between the fields; the first line tells which.</summary>
internal static class CsvFile
{
    private const int PooledTexts = 65_536;
    private const int LongestPooled = 16;

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Every row; lines without a character are left out.</summary>
    /// <exception cref="DataException">The file cannot be read, a quote is never closed, or a row has more or fewer fields than the first.</exception>
    public static (char Separator, List<CsvRow> Rows) Read(string path)
    {
        try
        {
            using var file = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
            return Read(path, file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", "There is no such file.", "Name a CSV file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static (char Separator, List<CsvRow> Rows) Read(string path, TextReader file)
    {
        var rows = new List<CsvRow>();
        var pool = new HashSet<string>();
        var separator = '\0';
        var number = 0;
        while (file.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            if (rows.Count == 0)
            {
                separator = Separators.MaxBy(symbol => line.Count(other => other == symbol));
            }

            var start = number;
            var fields = Fields(path, file, line, separator, pool, ref number);
            if (rows is [var first, ..] && first.Fields.Length != fields.Length)
            {
                throw new DataException(
                    path,
                    $"'{path}' is not a table.",
                    $"Line {start} has {fields.Length} fields, line {first.Line} has {first.Fields.Length} ({Name(separator)} between them).",
                    "Give every row as many fields; a field that holds the separator needs double quotes around it.");
            }

            rows.Add(new CsvRow(start, fields));
        }

        return (separator, rows);
    }

    /// <summary>A separator in words.</summary>
    public static string Name(char separator) => separator switch
    {
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "commas",
    };

    // A quoted field may go on over several lines, which are read here.
    private static string[] Fields(string path, TextReader file, string line, char separator, HashSet<string> pool, ref int number)
    {
        var fields = new List<string>();
        var start = number;
        var at = 0;
        while (true)
        {
            if (at < line.Length && line[at] == '"')
            {
                fields.Add(Quoted(path, file, ref line, ref at, start, ref number));
            }
            else
            {
                var end = line.IndexOf(separator, at);
                fields.Add(Pooled(line.AsSpan(at, (end < 0 ? line.Length : end) - at).Trim(), pool));
                at = end < 0 ? line.Length : end;
            }

            if (at >= line.Length)
            {
                return [.. fields];
            }

            at++;
        }
    }

    // From the opening quote to the separator behind the closing one; two quotes inside stand for one.
    private static string Quoted(string path, TextReader file, ref string line, ref int at, int start, ref int number)
    {
        var text = new StringBuilder();
        at++;
        while (true)
        {
            var end = line.IndexOf('"', at);
            if (end < 0)
            {
                text.Append(line, at, line.Length - at).Append('\n');
                line = file.ReadLine() ?? throw new DataException(
                    path, $"'{path}' is not a table.", $"The double quote of line {start} is never closed.", "Close it, or write two for a quote that is part of the text.");
                number++;
                at = 0;
                continue;
            }

            text.Append(line, at, end - at);
            at = end + 1;
            if (at < line.Length && line[at] == '"')
            {
                text.Append('"');
                at++;
                continue;
            }

            return text.ToString();
        }
    }

    // Tables repeat themselves: pixels are one of 256 texts.
    private static string Pooled(ReadOnlySpan<char> text, HashSet<string> pool)
    {
        var lookup = pool.GetAlternateLookup<ReadOnlySpan<char>>();
        if (text.Length > LongestPooled)
        {
            return text.ToString();
        }

        if (lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        var fresh = text.ToString();
        if (pool.Count < PooledTexts)
        {
            pool.Add(fresh);
        }

        return fresh;
    }
}
