using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SparseHybrid.Cli.Presentation;

/// <summary>
/// Where a command writes. People read the report stream: standard output, or standard error when standard output belongs
/// to JSON.
/// </summary>
internal sealed class Terminal
{
    private const int WidthOfFiles = 120;

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // paths stay readable; this JSON never goes into HTML
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly TextWriter writer;
    private readonly bool isQuiet;

    /// <param name="json">Standard output is for one JSON object; people read standard error.</param>
    /// <param name="quiet">No progress and no remarks.</param>
    public Terminal(bool json, bool quiet)
    {
        IsJson = json;
        isQuiet = quiet;
        writer = json ? System.Console.Error : System.Console.Out;
        IsFile = json ? System.Console.IsErrorRedirected : System.Console.IsOutputRedirected;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = IsFile ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = IsFile ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = IsFile ? InteractionSupport.No : InteractionSupport.Detect,
        });
        IsLive = !IsFile && Console.Profile.Capabilities.Ansi;
    }

    /// <summary>For live displays.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Does the report go to a file or a pipe?</summary>
    public bool IsFile { get; }

    /// <summary>Can a line be drawn anew? False for files, pipes and simple terminals.</summary>
    public bool IsLive { get; }

    /// <summary>Does standard output belong to JSON?</summary>
    public bool IsJson { get; }

    /// <summary>Characters in a line of a table.</summary>
    public int TableWidth => IsFile ? WidthOfFiles : Console.Profile.Width;

    /// <summary>Does anybody want progress?</summary>
    public bool ShowsProgress => !isQuiet;

    /// <summary>A line of the result, never wrapped.</summary>
    public void Line(string text = "") => writer.WriteLine(Installation.InText(text));

    /// <summary>A sentence of the result: a line of a file, on a terminal as many as it needs.</summary>
    public void Sentence(string text)
    {
        foreach (var line in IsFile ? [text] : TextLines.Of(text, Console.Profile.Width - 1))
        {
            Line(line);
        }
    }

    /// <summary>Lines of the result for people; nothing when it is asked for as JSON.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        if (!IsJson)
        {
            lines.ToList().ForEach(Line);
        }
    }

    /// <summary>A line about what goes on; not shown when quiet.</summary>
    public void Remark(string text)
    {
        if (!isQuiet)
        {
            writer.WriteLine(text);
        }
    }

    /// <summary>A line that comes in between, from any thread: above a live display, else on standard error.</summary>
    public void Notice(string text)
    {
        if (IsLive)
        {
            Console.WriteLine(text.PadRight(Console.Profile.Width - 1)); // over what the live display has drawn there
        }
        else
        {
            System.Console.Error.WriteLine(text);
        }
    }

    /// <summary>A table of the result.</summary>
    public void Table(IRenderable table)
    {
        if (!IsFile)
        {
            Console.Write(table);
            return;
        }

        // Files get no wider table than people read in one line, and no blanks at the ends of lines.
        using var text = new StringWriter();
        var output = new AnsiConsoleOutput(text);
        var page = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        page.Profile.Width = WidthOfFiles;
        page.Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            Line(line.TrimEnd());
        }
    }

    /// <summary>The JSON of the result, as the last line of standard output; nothing when JSON was not asked for.</summary>
    public void Json<T>(T result)
    {
        if (IsJson)
        {
            System.Console.Out.WriteLine(JsonSerializer.Serialize(result, JsonOptions));
        }
    }

    /// <summary>Shows what is being done while it is done: a spinner on a terminal, one line elsewhere.</summary>
    public T While<T>(string what, Func<T> work) => While(what, _ => work());

    /// <summary>The same for work that says what it is at: shown on a terminal only.</summary>
    public T While<T>(string what, Func<IProgress<string>?, T> work)
    {
        if (IsLive && ShowsProgress)
        {
            return Console.Status().Spinner(Spinner.Known.Dots).Start(Markup.Escape(what), context => work(new Step(what, context)));
        }

        Remark(what);
        return work(null);
    }

    private sealed class Step(string what, StatusContext context) : IProgress<string>
    {
        public void Report(string value) => context.Status(Markup.Escape($"{what} {value}"));
    }

    /// <summary>Puts the cursor back, which live displays hide.</summary>
    public void RestoreCursor()
    {
        if (IsLive)
        {
            Console.Cursor.Show();
        }
    }
}
