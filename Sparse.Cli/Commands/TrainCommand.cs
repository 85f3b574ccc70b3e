using System.CommandLine;
using System.Text.Json.Nodes;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Configuration;

namespace SparseHybrid.Cli.Commands;

/// <summary>Trains one network, or goes on with a run that was interrupted.</summary>
internal static class TrainCommand
{
    private static readonly TrainingSettings Training = new(lambda: 5e-6, epochs: 10);

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FOLDER", "Run folder to write; it must not exist yet. Default: runs/<model>-<date>-<time>.");

    private static readonly Setting<string?> Resume = Settings.Place(
        "--resume",
        "RUN",
        "Go on with the interrupted run in this folder, with the settings it began with, to the same bits as without the interruption.");

    private static readonly LiveOption Live = new();

    private static readonly Option<bool> PrintConfig = new("--print-config")
    {
        Description = "Print every setting that the run would have, as JSON for --config, and train nothing. Default: off.",
    };

    private static readonly Option<bool> ConfigSchema = new("--config-schema")
    {
        Description = "Print the JSON schema of a file for --config, and train nothing. Default: off.",
    };

    public static Command Create()
    {
        var command = new Command("train", "Trains a network so that most of its weights come out exactly zero, and writes a run folder.");
        foreach (var option in Training.All)
        {
            command.Add(option);
        }

        command.Add(Out);
        command.Add(Resume);
        command.Add(Live);
        command.Add(PrintConfig);
        command.Add(ConfigSchema);
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse train",
            "./sparse train --model lenet-5 --mode kernel --lambda 1e-5 --epochs 20",
            "./sparse train --target-sparsity 0.95 --live",
            "./sparse train --data mnist --data-folder ~/mnist --json",
            "./sparse train --method ramda --schedule step --milestones 6,9 --set method.mixing=0.05",
            "./sparse train --lambda 1e-5 --print-config > settings.json && ./sparse train --config settings.json",
            "./sparse train --resume runs/lenet-5-20260131-120000");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        if (result.GetValue(ConfigSchema) || result.GetValue(PrintConfig))
        {
            Print(terminal, result.GetValue(ConfigSchema) ? TrainingConfiguration.Schema() : Training.Configuration(result).ToJson());
            return;
        }

        var outcome = Resume.Read(result) is { } run ? GoOn(result, run, terminal, cancellation) : Start(result, terminal, cancellation);
        if (!terminal.IsJson)
        {
            TrainingSummary.Show(terminal, outcome);
        }

        terminal.Json(outcome.ToJson());
    }

    private static void Print(Terminal terminal, string json)
    {
        if (!terminal.IsJson)
        {
            terminal.Line(json);
        }

        terminal.Json(JsonNode.Parse(json));
    }

    private static TrainingOutcome Start(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var configuration = Training.Configuration(result);
        var path = Out.Read(result) ?? RunNames.Default(configuration.Model);
        using var live = Live.Open(result, path);
        return TrainingJob.Start(configuration.ForRun(path), title: "Training", terminal, cancellation, live);
    }

    private static TrainingOutcome GoOn(ParseResult result, string path, Terminal terminal, CancellationToken cancellation)
    {
        if (Training.All.Append(Out).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } conflict)
        {
            throw new UsageException(
                $"{conflict.Name} cannot be given with --resume.", "A run goes on with the settings it began with: leave the option out.");
        }

        using var live = Live.Open(result, path);
        return TrainingJob.Resume(path, terminal, cancellation, live);
    }
}
