namespace SparseHybrid.Cli.Errors;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitStatus
{
    /// <summary>The job is done.</summary>
    public const int Done = 0;

    /// <summary>The job failed or was interrupted.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong; nothing was started.</summary>
    public const int WrongUsage = 2;
}
