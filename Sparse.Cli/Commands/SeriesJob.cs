using System.CommandLine;
using System.CommandLine.Parsing;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Commands;

/// <summary>What commands have in common that train a series of runs into a folder.</summary>
/// <param name="command">Name of the command.</param>
/// <param name="folder">The folder, as the user named it.</param>
internal sealed class SeriesJob(string command, string folder)
{
    private string GoingOn => $"./sparse {command} --resume {TrainingJob.Quoted(folder)}";

    /// <summary>Does work that the user may stop, with a word on how to go on.</summary>
    /// <exception cref="InterruptedException">The user has stopped it.</exception>
    public T Interruptible<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException interruption)
        {
            throw new InterruptedException(
                what: $"Interrupted. The runs that are done, and how far the others have come, are in '{folder}'.",
                goOn: $"Go on with: {GoingOn}",
                interruption);
        }
    }

    /// <exception cref="SweepIncompleteException">Some runs failed.</exception>
    public void RequireAll(int planned, IReadOnlyList<SweepFailure> failed)
    {
        if (failed.Count > 0)
        {
            throw new SweepIncompleteException(failed, planned, GoingOn);
        }
    }

    /// <summary>A series goes on with the settings that it began with.</summary>
    /// <param name="result">The parsed command line, with --resume.</param>
    /// <param name="settings">The options that say what a series is to do.</param>
    /// <param name="series">What it is called, as "A sweep".</param>
    /// <exception cref="UsageException">One of the options is given.</exception>
    public static void RequireNone(ParseResult result, IEnumerable<Option> settings, string series)
    {
        if (settings.FirstOrDefault(option => result.GetResult(option) is OptionResult { Implicit: false }) is { } conflict)
        {
            throw new UsageException($"{conflict.Name} cannot be given with --resume.", $"{series} goes on with the settings it began with: leave the option out.");
        }
    }
}
