using System.CommandLine;
using System.CommandLine.Parsing;
using SparseHybrid.Cli.Commands;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Configuration;

namespace SparseHybrid.Cli;

/// <summary>The command line as a whole: its commands, and what happens around each of them.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    // Exceptions and signals are handled in Execute, for all commands alike.
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <summary>Runs one command and returns the exit status of the process.</summary>
    public static int Run(string[] arguments)
    {
        var root = CreateRoot();
        if (arguments.Length == 0)
        {
            root.Parse(["--help"], Parser).Invoke(Invocation);
            return ExitStatus.WrongUsage;
        }

        var result = root.Parse(arguments, Parser);
        return result.Errors.Count > 0 && result.Action?.ClearsParseErrors != true ? RefuseUsage(result) : result.Invoke(Invocation);
    }

    /// <summary>Gives a command its action.</summary>
    public static void SetJob(this Command command, Action<ParseResult, Terminal, CancellationToken> job) =>
        command.SetAction(result => Execute(result, job));

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("Trains sparse neural networks, exports them to ONNX, and measures what that gains on this machine.")
        {
            DemoCommand.Create(),
            TrainCommand.Create(),
            SweepCommand.Create(),
            SweepPointCommand.Create(),
            CompareCommand.Create(),
            ExportCommand.Create(),
            OptimizeCommand.Create(),
            BenchCommand.Create(),
            InspectCommand.Create(),
            ReportCommand.Create(),
            DataCommand.Create(),
            DoctorCommand.Create(),
        };
        GlobalOptions.AddTo(root);
        HelpWithExamples.Install(root);
        return root;
    }

    private static int Execute(ParseResult result, Action<ParseResult, Terminal, CancellationToken> job)
    {
        var terminal = new Terminal(result.GetValue(GlobalOptions.Json), result.GetValue(GlobalOptions.Quiet));
        using var interruption = new Interruption(
            onFirst: () => terminal.Notice("Stopping at the next safe point; interrupt again to end at once."),
            onSecond: terminal.RestoreCursor);
        try
        {
            job(result, terminal, interruption.Token);
            return ExitStatus.Done;
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error, Console.Error, result.GetValue(GlobalOptions.Verbose));
        }
    }

    private static int RefuseUsage(ParseResult result)
    {
        // An unknown word often makes a required one missing too: the unknown word is what the user has to see.
        var errors = result.Errors.Select(error => error.Message).ToList();
        var message = errors.Find(text => text.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? errors[0];
        Console.Error.WriteLine($"{message.ReplaceLineEndings(" ")}{Nearest(result)}");
        Console.Error.WriteLine($"See './{FullName(result.CommandResult)} --help'.");
        return ExitStatus.WrongUsage;
    }

    // What the user may have meant by the first word that nobody knows: an option, or at the place of a command a command.
    private static string Nearest(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var word = result.UnmatchedTokens.FirstOrDefault();
        var known = word is ['-', ..]
            ? command.Options.Select(option => option.Name).Append(GlobalOptions.Json.Name)
            : command.Subcommands.Select(other => other.Name);
        return word is not null && known.ToList() is [_, ..] names ? $" Nearest is '{NearestName.Of(word, names)}'." : "";
    }

    private static string FullName(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{FullName(parent)} {command.Command.Name}" : "sparse";
}
