using System.CommandLine;

namespace SparseHybrid.Cli.Commands;

/// <summary>The public data sets: what is here, and how to have more; and tables and images of the user's own.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Lists the public data sets that are here, downloads others, and imports tables and images of your own.")
    {
        DataListCommand.Create(),
        DataFetchCommand.Create(),
        DataImportCommand.Create(),
    };
}
