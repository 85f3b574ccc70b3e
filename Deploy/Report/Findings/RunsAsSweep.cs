using System.Text.Json.Nodes;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>Finished runs seen as those of one sweep: which of them differ by nothing but their seed.</summary>
internal static class RunsAsSweep
{
    // What runs of one setting may differ by: the path of a sweep, the seed, and what changes no result.
    private static readonly string[] Free =
        ["seed", "threads", "device", "evaluationBatchSize", "keptCheckpoints", "checkpointEverySeconds", "checkpointEverySteps", "strength", "targetSparsity"];

    public static IReadOnlyList<SweepRun> Of(IReadOnlyList<RunFindings> runs)
    {
        var done = runs.Where(run => run.IsDone).ToList();
        var methods = Labels(done);
        return
        [
            .. done.Zip(methods, (run, method) =>
            {
                var (record, result) = (run.Record, run.Record.Result!);
                return new SweepRun(
                    run.Name, method, run.Lambda, record.Options.TargetSparsity?.Share, record.Options.Seed, record.Weights?.File ?? "random", result.Epochs,
                    result.TestAccuracy, result.TestLoss, result.TrainLoss, result.Sparsity, result.Nonzeros, result.Parameters, result.Seconds);
            }),
        ];
    }

    /// <summary>What the settings are called that runs of one method differ by.</summary>
    public static string SettingOf(IReadOnlyList<SweepRun> runs)
    {
        var variables = runs.Select(run => run.Lambda is null ? SweepVariable.TargetSparsity : SweepVariable.Lambda).Distinct().Select(FrontChart.NameOf);
        return string.Join(" or ", variables);
    }

    // The method, with network and data where these differ; runs that differ by something else still get a number.
    private static IEnumerable<string> Labels(List<RunFindings> runs)
    {
        var (models, data) = (runs.Select(run => run.Record.Model.Name).Distinct().Count(), runs.Select(run => run.Record.Data.Name).Distinct().Count());
        var labels = runs.ConvertAll(run => string.Join(", ",
            new[] { run.Record.Method, models > 1 ? run.Record.Model.Name : "", data > 1 ? run.Record.Data.Name : "" }.Where(part => part.Length > 0)));
        var settings = runs.ConvertAll(Setting);
        return labels.Select((label, index) =>
        {
            var variants = Enumerable.Range(0, runs.Count).Where(other => labels[other] == label).Select(other => settings[other]).Distinct().ToList();
            return variants.Count == 1 ? label : $"{label}, settings {variants.IndexOf(settings[index]) + 1}";
        });
    }

    private static string Setting(RunFindings run)
    {
        var parts = new[] { "model", "options", "weights" }.Select(key => run.RecordJson[key]?.DeepClone()).ToList();
        parts.ForEach(RemoveFree);
        return string.Join('\n', parts.Select(part => part?.ToJsonString()));
    }

    private static void RemoveFree(JsonNode? node)
    {
        if (node is JsonObject settings)
        {
            Free.ToList().ForEach(name => settings.Remove(name));
            settings.Select(item => item.Value).ToList().ForEach(RemoveFree);
        }
    }
}
