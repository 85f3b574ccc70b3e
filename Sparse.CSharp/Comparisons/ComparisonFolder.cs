using System.Text.Json;
using System.Text.Json.Nodes;
using SparseHybrid.Runs;
using SparseHybrid.Sweeps;
using SparseHybrid.Training;

namespace SparseHybrid.Comparisons;

/// <summary>
/// The folder of a comparison: recipe.json (what it is to do), runs/, and what it has found so far in compare.json, compare.csv
/// and compare.md, with speed.json for what was measured of the networks. Each file appears complete or not at all.
/// </summary>
public sealed class ComparisonFolder : RunSeries<ComparisonRun>
{
    private const string RecordName = "recipe.json";
    private const string SpeedName = "speed.json";

    private readonly Dictionary<string, ComparedRun> examined = [];

    private ComparisonFolder(string path, ComparisonRecord record)
        : base(path)
    {
        Record = record;
        Plan = ComparisonPlan.Of(record.Recipe, record.Data);
    }

    /// <summary>The contents of recipe.json.</summary>
    public ComparisonRecord Record { get; }

    /// <summary>The runs.</summary>
    public ComparisonPlan Plan { get; }

    /// <summary>The contents of speed.json; null before anything is measured.</summary>
    public ComparisonSpeed? Speed { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyList<ComparisonRun> Runs => Plan.Runs;

    /// <summary>Makes the folder with its recipe.json, in one step.</summary>
    /// <param name="path">The folder; nothing of that name may exist.</param>
    /// <param name="record">What recipe.json says.</param>
    /// <exception cref="ConfigurationException">The recipe cannot be used.</exception>
    /// <exception cref="DeviceException">The machine lacks a device that it asks for.</exception>
    /// <exception cref="RunException">Something of that name exists, or the place cannot be written.</exception>
    public static ComparisonFolder Create(string path, ComparisonRecord record)
    {
        var full = System.IO.Path.GetFullPath(path);
        RunFolder.CheckFree(full);
        var comparison = new ComparisonFolder(full, record);
        foreach (var device in comparison.Plan.Arms.Select(arm => arm.Settings.Options.Device).Distinct())
        {
            device.Open();
        }

        CreateFolder(full, RecordName, JsonSerializer.Serialize(comparison.Record, RunJson.Indented));
        return comparison;
    }

    /// <summary>Opens the folder of an earlier comparison.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="SparseHybridException">It is missing, not a comparison's folder, or of a newer format.</exception>
    public static ComparisonFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return new ComparisonFolder(full, ReadRecord<ComparisonRecord>(full, RecordName, "comparison")) { Speed = ReadSpeed(System.IO.Path.Combine(full, SpeedName)) };
    }

    /// <summary>Whether the comparison is one of this recipe.</summary>
    public bool IsOf(ComparisonRecipe recipe) => JsonNode.DeepEquals(Node(recipe), Node(Record.Recipe));

    /// <inheritdoc/>
    public override TrainingRunSettings SettingsOf(ComparisonRun run) => FromAnywhere(Plan.SettingsOf(run, PathOf(run), WeightsOf));

    /// <summary>What has been found so far.</summary>
    internal ComparisonReport Report(SeriesOutcome outcome) => ComparisonReport.Of(Record.Recipe, Plan, [.. outcome.Runs.Select(Examine)], outcome.Failed, EnvironmentOf(outcome.Runs)) with { Speed = Speed };

    /// <summary>Writes compare.json, compare.csv and compare.md.</summary>
    internal override void WriteResults(SeriesOutcome outcome) => Write(Report(outcome));

    /// <summary>Writes speed.json, and the results anew with what it says.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    internal ComparisonReport Add(ComparisonSpeed speed, ComparisonReport report)
    {
        AtomicFile.WriteText(FileOf(SpeedName), JsonSerializer.Serialize(speed, RunJson.Indented));
        Speed = speed;
        var measured = report with { Speed = speed };
        Write(measured);
        return measured;
    }

    private void Write(ComparisonReport report)
    {
        AtomicFile.WriteText(FileOf("compare.json"), JsonSerializer.Serialize(report, RunJson.Indented));
        AtomicFile.WriteText(FileOf("compare.csv"), ComparisonCsv.Of(report));
        AtomicFile.WriteText(FileOf("compare.md"), ComparisonMarkdown.Of(report));
    }

    private static ComparisonSpeed? ReadSpeed(string path)
    {
        try
        {
            var speed = File.Exists(path) ? RunJson.Parse<ComparisonSpeed>(File.ReadAllText(path)) : null;
            return speed is null or { Format: ComparisonSpeed.CurrentFormat } ? speed : throw new JsonException($"Its format is {speed.Format}; this build reads {ComparisonSpeed.CurrentFormat}.");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RunException(path, $"Cannot read '{path}'.", error.Message, "Remove it to measure the networks anew, or use the release that wrote it.", error);
        }
    }

    // A run that is done does not change any more.
    private ComparedRun Examine(SweepRun run)
    {
        if (!examined.TryGetValue(run.Run, out var known))
        {
            known = ComparedRun.Of(run, FileOf(run.Run));
            examined.Add(run.Run, known);
        }

        return known;
    }

    private static JsonNode? Node(ComparisonRecipe recipe) => JsonSerializer.SerializeToNode(recipe, RunJson.Indented);
}
