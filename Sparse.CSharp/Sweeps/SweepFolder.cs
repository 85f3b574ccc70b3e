using System.Text.Json;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>
/// The folder of a sweep: sweep.json (what it is to do), runs/ (a run folder for each point), front.json, front.csv and
/// runs.csv (what it has found so far). Each file appears complete or not at all.
/// </summary>
public sealed class SweepFolder
{
    private const string RecordName = "sweep.json";
    private const string AsideSuffix = ".damaged";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private SweepFolder(string path, SweepRecord record)
    {
        Path = path;
        Record = record;
        Plan = SweepPlan.Of(record.Sweep);
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The contents of sweep.json.</summary>
    public SweepRecord Record { get; }

    /// <summary>The runs.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Makes the folder with its sweep.json, in one step.</summary>
    /// <param name="path">The folder; nothing of that name may exist.</param>
    /// <param name="record">What sweep.json says.</param>
    /// <exception cref="ArgumentException">A setting of the sweep, or of one of its runs, is out of range.</exception>
    /// <exception cref="RunException">Something of that name exists, or the place cannot be written.</exception>
    public static SweepFolder Create(string path, SweepRecord record)
    {
        var full = System.IO.Path.GetFullPath(path);
        RunFolder.CheckFree(full);
        var sweep = new SweepFolder(full, record with { Training = FromAnywhere(record.Training) });
        sweep.Plan.Points.ToList().ForEach(point => sweep.SettingsOf(point).Options.Validate());
        var partial = full + AtomicFile.PartialSuffix;
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(partial, "runs"));
            AtomicFile.WriteText(System.IO.Path.Combine(partial, RecordName), JsonSerializer.Serialize(sweep.Record, RunJson.Indented));
            Directory.Move(partial, full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                full, $"Cannot create the sweep folder '{full}'.", error.Message, "Choose another folder, one that you may write to.", error);
        }

        return sweep;
    }

    /// <summary>Opens the folder of an earlier sweep.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RunException">It is missing, not a sweep's folder, or of a newer format.</exception>
    public static SweepFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var recordPath = System.IO.Path.Combine(full, RecordName);
        try
        {
            var record = JsonSerializer.Deserialize<SweepRecord>(File.ReadAllText(recordPath), RunJson.Indented) ?? throw new JsonException("It holds null.");
            return record.Format is >= 1 and <= SweepRecord.CurrentFormat
                ? new SweepFolder(full, record)
                : throw new JsonException($"Its format is {record.Format}; this build reads 1 to {SweepRecord.CurrentFormat}.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunException(full, $"'{full}' is not the folder of a sweep.", $"It has no {RecordName}.", "Name a folder that a sweep wrote.", error);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                recordPath, $"Cannot read '{recordPath}'.", error.Message, "Restore the file, use the release that wrote it, or begin a new sweep.", error);
        }
    }

    /// <summary>Claims the folder for this process until the result is disposed or the process ends, however it ends.</summary>
    /// <exception cref="RunException">Another process works on the sweep, or its folder cannot be written.</exception>
    public IDisposable Claim()
    {
        try
        {
            return RunLock.Take(Path, Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(Path, $"Cannot write to the sweep folder '{Path}'.", error.Message, "Check its permissions.", error);
        }
    }

    /// <summary>The run folder of a point.</summary>
    public string PathOf(SweepPoint point) => PathOf(point.Name);

    /// <summary>
    /// Waits until no other process trains into the run folder of a point: one that was killed leaves runs behind that need a
    /// moment to stop.
    /// </summary>
    /// <exception cref="RunException">One still does after a minute.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitUntilFree(SweepPoint point, CancellationToken cancellationToken)
    {
        var path = PathOf(point);
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

    /// <summary>How far a point has come.</summary>
    public PointInspection Inspect(SweepPoint point) => PointInspection.Of(PathOf(point), point);

    /// <summary>The run of a point: what all have in common, and what is its own.</summary>
    public TrainingRunSettings SettingsOf(SweepPoint point) => Record.Training with
    {
        RunPath = PathOf(point),
        Options = point.ApplyTo(Record.Training.Options, Record.Sweep.Methods.First(method => method.Name == point.Method)),
        Weights = point.Start is { } start ? System.IO.Path.Combine(PathOf(start), RunFolder.ModelName) : Record.Training.Weights,
    };

    /// <summary>Gives a damaged run another name, so that it can be begun anew. One that was put aside before is removed.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public void PutAside(SweepPoint point)
    {
        var (path, aside) = (PathOf(point), PathOf(point) + AsideSuffix);
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
            throw new RunException(path, $"Cannot put '{path}' aside.", error.Message, "Remove it, then resume the sweep.", error);
        }
    }

    /// <summary>Writes front.json, front.csv and runs.csv.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public void WriteResults(SweepReport report)
    {
        AtomicFile.WriteText(FileOf("front.json"), JsonSerializer.Serialize(report, RunJson.Indented));
        AtomicFile.WriteText(FileOf("front.csv"), SweepCsv.Of(report.Front));
        AtomicFile.WriteText(FileOf("runs.csv"), SweepCsv.Of(report.Runs));
    }

    /// <summary>The path of a file of the sweep.</summary>
    public string FileOf(string name) => System.IO.Path.Combine(Path, name);

    // A sweep may be resumed from another working directory.
    private static TrainingRunSettings FromAnywhere(TrainingRunSettings training) => training with
    {
        DataFolder = training.DataFolder is { } data ? System.IO.Path.GetFullPath(data) : null,
        Weights = training.Weights is { } weights ? System.IO.Path.GetFullPath(weights) : null,
    };

    private string PathOf(string name) => System.IO.Path.Combine(Path, SweepPoint.FolderOf(name));
}
