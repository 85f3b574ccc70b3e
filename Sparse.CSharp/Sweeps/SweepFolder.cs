using System.Text.Json;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>
/// The folder of a sweep: sweep.json (what it is to do), runs/ (a run folder for each point), front.json, front.csv and
/// runs.csv (what it has found so far). Each file appears complete or not at all.
/// </summary>
public sealed class SweepFolder : RunSeries<SweepPoint>
{
    private const string RecordName = "sweep.json";

    private SweepFolder(string path, SweepRecord record)
        : base(path)
    {
        Record = record;
        Plan = SweepPlan.Of(record.Sweep);
    }

    /// <summary>The contents of sweep.json.</summary>
    public SweepRecord Record { get; }

    /// <summary>The runs.</summary>
    public SweepPlan Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SweepPoint> Runs => Plan.Points;

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
        CreateFolder(full, RecordName, JsonSerializer.Serialize(sweep.Record, RunJson.Indented));
        return sweep;
    }

    /// <summary>Opens the folder of an earlier sweep.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RunException">It is missing, not a sweep's folder, or of a newer format.</exception>
    public static SweepFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return new SweepFolder(full, ReadRecord<SweepRecord>(full, RecordName, "sweep"));
    }

    /// <inheritdoc/>
    public override TrainingRunSettings SettingsOf(SweepPoint run) => Record.Training with
    {
        RunPath = PathOf(run),
        Options = run.ApplyTo(Record.Training.Options, Record.Sweep.Methods.First(method => method.Name == run.Method)),
        Weights = run.Start is { } start ? WeightsOf(start) : Record.Training.Weights,
    };

    /// <summary>What has been found so far.</summary>
    internal SweepReport Report(SeriesOutcome outcome) =>
        new(Record.Sweep.Variable, Record.Sweep.WarmStart, outcome.Planned, outcome.Runs, FrontTable.Of(outcome.Runs), outcome.Failed);

    /// <summary>Writes front.json, front.csv and runs.csv.</summary>
    internal override void WriteResults(SeriesOutcome outcome)
    {
        var report = Report(outcome);
        AtomicFile.WriteText(FileOf("front.json"), JsonSerializer.Serialize(report, RunJson.Indented));
        AtomicFile.WriteText(FileOf("front.csv"), SweepCsv.Of(report.Front));
        AtomicFile.WriteText(FileOf("runs.csv"), SweepCsv.Of(report.Runs));
    }
}
