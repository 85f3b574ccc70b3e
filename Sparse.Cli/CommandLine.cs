using System.CommandLine;
using System.CommandLine.Parsing;
using SparseHybrid.Cli.Commands;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;

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
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        Console.Error.WriteLine($"See './{FullName(result.CommandResult)} --help'.");
        return ExitStatus.WrongUsage;
    }

    private static string FullName(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{FullName(parent)} {command.Command.Name}" : "sparse";
}
