using System.Text.Json;
using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Models;
using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>What was trained, how, and on which machine. Where runs agree it is said once.</summary>
internal static class SettingsSection
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Section Of(IReadOnlyList<RunFindings> runs)
    {
        var facts = runs.Select(run => Facts(run).ToList()).ToList();
        var common = facts[0].Where((fact, index) => facts.TrueForAll(other => other[index] == fact)).ToList();
        var different = facts[0].Index().Where(fact => !common.Contains(fact.Item)).Select(fact => fact.Index).ToList();
        return new Section("Settings and environment",
        [
            new Facts(common),
            .. different.Count == 0 ? [] : new PageBlock[] { Differences(runs, facts, different) },
            .. runs.Where(run => run is { IsDone: false, Stage: null }).Select(run => new Paragraph(Unfinished(run))),
            .. runs.Select(run => new SourceText(
                runs.Count == 1 ? "All settings (run.json)" : $"All settings of {run.Name} (run.json)", run.RecordJson.ToJsonString(Indented))),
        ]);
    }

    private static DataTable Differences(IReadOnlyList<RunFindings> runs, List<List<(string Name, string Value)>> facts, List<int> different) => new(
        [new Column("Run", IsNumber: false), .. different.Select(index => new Column(facts[0][index].Name, IsNumber: false))],
        [.. runs.Select((run, number) => (IReadOnlyList<string>)[run.Name, .. different.Select(index => facts[number][index].Value)])])
    {
        WrapsText = true,
    };

    // The same names in the same order for every run.
    private static IEnumerable<(string Name, string Value)> Facts(RunFindings run)
    {
        var record = run.Record;
        var options = record.Options;
        return
        [
            ("Network", Network(record.Model)),
            ("Input", record.Model.InputShape is [var features]
                ? $"{Figures.Count(features)} features"
                : $"{string.Join(" × ", record.Model.InputShape)} (channels × height × width)"),
            ("Data", $"{record.Data.Name}: {Figures.Count(record.Data.TrainingImages)} training and {Figures.Count(record.Data.TestImages)} test images"),
            ("Method", record.Method),
            ("Penalty", options.Method.HasPenalty ? PenaltyText.Of(options.Regularizer) : "none"),
            ("Set by", PenaltyText.Setting(options)),
            ("Step size", FormattableString.Invariant($"{options.InitialStepSize:0.######}, schedule {options.Schedule.Name}")),
            ("Epochs", $"{options.Epochs}"),
            ("Batch", $"{options.BatchSize} images"),
            ("Seed", $"{options.Seed}"),
            ("Starts from", record.Weights?.File ?? "random weights"),
            ("Begun", $"{record.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            ("Training", record.Result is { } result ? $"{Figures.Seconds(result.Seconds)} s. {result.StopExplanation}" : run.Stage ?? "not done"),
            .. MachineFacts.Of(record.Environment),
        ];
    }

    private static string Network(ModelDescription model)
    {
        var hidden = model.Settings.HiddenWidths is { } widths ? $", hidden widths {string.Join('-', widths)}" : "";
        return model.Name + hidden + (model.Settings.Width == 1 ? "" : FormattableString.Invariant($", width {model.Settings.Width}"));
    }

    private static string Unfinished(RunFindings run)
    {
        var done = run.LastEpoch is { } last ? $"{last.Epoch} of {run.Record.Options.Epochs} epochs are done" : "no epoch is done yet";
        return $"{run.Name} is not finished: {done}, and there are no trained weights. This page shows what there is; "
            + $"./sparse train --resume {run.Path} goes on with the run.";
    }
}
