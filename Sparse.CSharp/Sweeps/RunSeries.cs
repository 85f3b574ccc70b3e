using System.Text.Json;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>A folder with the runs of a plan in runs/: what they are to do, how far each has come, and where their results go.</summary>
/// <typeparam name="TRun">A run of the plan.</typeparam>
public abstract class RunSeries<TRun>
    where TRun : PlannedRun
{
    private const string AsideSuffix = ".damaged";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private protected RunSeries(string path) => Path = path;

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>Every run, in the order in which they are begun.</summary>
    public abstract IReadOnlyList<TRun> Runs { get; }

    /// <summary>The settings of a run: what all have in common, and what is its own.</summary>
    public abstract TrainingRunSettings SettingsOf(TRun run);

    /// <summary>Writes what has been found so far.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    internal abstract void WriteResults(SeriesOutcome outcome);

    /// <summary>Claims the folder for this process until the result is disposed or the process ends, however it ends.</summary>
    /// <exception cref="RunException">Another process works on it, or it cannot be written.</exception>
    public IDisposable Claim()
    {
        try
        {
            return RunLock.Take(Path, Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(Path, $"Cannot write to the folder '{Path}'.", error.Message, "Check its permissions.", error);
        }
    }

    /// <summary>The run folder of a run.</summary>
    public string PathOf(PlannedRun run) => PathOf(run.Name);

    /// <summary>
    /// Waits until no other process trains into the folder of a run: one that was killed leaves runs behind that need a
    /// moment to stop.
    /// </summary>
    /// <exception cref="RunException">One still does after a minute.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitUntilFree(PlannedRun run, CancellationToken cancellationToken)
    {
        var path = PathOf(run);
        for (var waited = TimeSpan.Zero; Directory.Exists(path); waited += Moment)
        {
            try
            {
                RunLock.Take(path, path).Dispose();
                return;
            }
            catch (RunException) when (waited < LongestWait)
            {
                await Task.Delay(Moment, cancellationToken);
            }
        }
    }

    /// <summary>How far a run has come.</summary>
    public PointInspection Inspect(PlannedRun run) => PointInspection.Of(PathOf(run), run);

    /// <summary>Gives a damaged run another name, so that it can be begun anew. One that was put aside before is removed.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public void PutAside(PlannedRun run)
    {
        var (path, aside) = (PathOf(run), PathOf(run) + AsideSuffix);
        try
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }

            Directory.Move(path, aside);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(path, $"Cannot put '{path}' aside.", error.Message, "Remove it, then resume.", error);
        }
    }

    /// <summary>Machine and versions of the first of some runs; null when there is none.</summary>
    /// <param name="runs">Runs of the series that are done.</param>
    /// <exception cref="RunException">It cannot be read.</exception>
    public RunEnvironment? EnvironmentOf(IReadOnlyList<SweepRun> runs)
    {
        if (runs.Count == 0)
        {
            return null;
        }

        using var first = RunFolder.Open(FileOf(runs[0].Run));
        return first.Record.Environment;
    }

    /// <summary>The path of a file of the series.</summary>
    public string FileOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The trained weights of the run of this name.</summary>
    private protected string WeightsOf(string name) => System.IO.Path.Combine(PathOf(name), RunFolder.ModelName);

    /// <summary>Makes a folder with runs/ and its record, in one step.</summary>
    /// <exception cref="RunException">Something of that name exists, or the place cannot be written.</exception>
    private protected static void CreateFolder(string full, string recordName, string json)
    {
        var partial = full + AtomicFile.PartialSuffix;
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(partial, "runs"));
            AtomicFile.WriteText(System.IO.Path.Combine(partial, recordName), json);
            Directory.Move(partial, full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(full, $"Cannot create the folder '{full}'.", error.Message, "Choose another folder, one that you may write to.", error);
        }
    }

    /// <summary>Reads the record of a folder.</summary>
    /// <exception cref="RunException">The folder is missing, not one of a series of this kind, or of a newer format.</exception>
    private protected static TRecord ReadRecord<TRecord>(string full, string recordName, string kind)
        where TRecord : SeriesRecord
    {
        var path = System.IO.Path.Combine(full, recordName);
        try
        {
            var record = JsonSerializer.Deserialize<TRecord>(File.ReadAllText(path), RunJson.Indented) ?? throw new JsonException("It holds null.");
            return record.Format is >= 1 and <= SeriesRecord.CurrentFormat
                ? record
                : throw new JsonException($"Its format is {record.Format}; this build reads 1 to {SeriesRecord.CurrentFormat}.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunException(full, $"'{full}' is not the folder of a {kind}.", $"It has no {recordName}.", $"Name a folder that a {kind} wrote.", error);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new RunException(path, $"Cannot read '{path}'.", error.Message, $"Restore the file, use the release that wrote it, or begin a new {kind}.", error);
        }
    }

    /// <summary>Settings whose paths mean the same from every working directory: a series may be resumed from another one.</summary>
    private protected static TrainingRunSettings FromAnywhere(TrainingRunSettings training) => training with
    {
        DataFolder = training.DataFolder is { } data ? System.IO.Path.GetFullPath(data) : null,
        Weights = training.Weights is { } weights ? System.IO.Path.GetFullPath(weights) : null,
    };

    private string PathOf(string name) => System.IO.Path.Combine(Path, PlannedRun.FolderOf(name));
}
