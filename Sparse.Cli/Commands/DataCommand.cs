using System.CommandLine;

namespace SparseHybrid.Cli.Commands;

/// <summary>The public data sets: what is here, and how to have more.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Lists the public data sets that are here, and downloads others.")
    {
        DataListCommand.Create(),
        DataFetchCommand.Create(),
    };
}
