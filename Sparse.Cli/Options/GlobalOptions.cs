using System.CommandLine;

namespace SparseHybrid.Cli.Options;

/// <summary>Options that every command understands.</summary>
internal static class GlobalOptions
{
    /// <summary>One JSON object as the last line of standard output.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object as the last line of standard output; everything else goes to standard error. Default: off.",
        Recursive = true,
    };

    /// <summary>No progress and no remarks.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet")
    {
        Description = "Show no progress and no remarks, only the result. Default: off.",
        Recursive = true,
    };

    /// <summary>Stack traces behind error messages.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show the technical details behind an error message. Default: off.",
        Recursive = true,
    };

    public static void AddTo(RootCommand root)
    {
        root.Add(Json);
        root.Add(Quiet);
        root.Add(Verbose);
    }
}
