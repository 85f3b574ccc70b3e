using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SparseHybrid.Deploy.Report.Live;

namespace SparseHybrid.Cli.Options;

/// <summary>--live or --live=PORT.</summary>
internal sealed class LiveOption : Option<int>
{
    private const int AnyFree = 0;

    public LiveOption()
        : base("--live")
    {
        Description = "Show the charts in a browser while training runs, at an address on this machine alone, which is printed first. "
            + "The port is 0 to 65535; 0 or none: any that is free. Default: off.";
        HelpName = "PORT";
        Arity = ArgumentArity.ZeroOrOne;
        CustomParser = Parse;
    }

    /// <summary>Begins to serve the page and prints its address on standard error; null where nobody asked for it.</summary>
    public LiveView? Open(ParseResult result, string runPath)
    {
        if (result.GetResult(this) is null)
        {
            return null;
        }

        var live = LiveView.Start(runPath, result.GetValue(this));
        Console.Error.WriteLine($"Live view: {live.Address}");
        return live;
    }

    private static int Parse(ArgumentResult argument)
    {
        if (argument.Tokens is [var token])
        {
            if (int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue)
            {
                return port;
            }

            argument.AddError($"--live is '{token.Value}'; it must be a port from 0 to 65535.");
        }

        return AnyFree;
    }
}
