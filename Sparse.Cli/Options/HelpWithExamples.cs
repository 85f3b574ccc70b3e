using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace SparseHybrid.Cli.Options;

/// <summary>The library's help text with examples below it, in lines that fit the terminal.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const int LongestLine = 120;
    private const int WidthOfFiles = 100;

    private static readonly Dictionary<Command, string[]> Examples = [];

    /// <summary>Help is shown even when the rest of the line is wrong.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Remembers the examples of a command; the first comes first.</summary>
    public static void Add(Command command, params string[] examples) => Examples[command] = examples;

    /// <summary>Takes the place of the help option's action, for all commands.</summary>
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var help = (HelpAction)option.Action!;
        help.MaxWidth = Console.IsOutputRedirected ? WidthOfFiles : Math.Clamp(Console.WindowWidth, 40, LongestLine);
        option.Action = new HelpWithExamples(help);
    }

    public override int Invoke(ParseResult parseResult)
    {
        HideArgumentsOfParents(parseResult.CommandResult);
        var status = help.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            Array.ForEach(examples, example => output.WriteLine(Installation.InText($"  {example}")));
            output.WriteLine();
        }

        return status;
    }

    // A command takes no arguments of the command that it belongs to; the library's text would list them all the same.
    private static void HideArgumentsOfParents(CommandResult result)
    {
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            foreach (var argument in parent.Command.Arguments)
            {
                argument.Hidden = true;
            }
        }
    }
}
