using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;

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

    public static Command Create()
    {
        var command = new Command("train", "Trains a network so that most of its weights come out exactly zero, and writes a run folder.");
        foreach (var option in Training.All)
        {
            command.Add(option);
        }

        command.Add(Out);
        command.Add(Resume);
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse train",
            "./sparse train --model lenet-5 --mode kernel --lambda 1e-5 --epochs 20",
            "./sparse train --target-sparsity 0.95",
            "./sparse train --data mnist --data-folder ~/mnist --json",
            "./sparse train --resume runs/lenet-5-20260131-120000");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var outcome = Resume.Read(result) is { } run ? GoOn(result, run, terminal, cancellation) : Start(result, terminal, cancellation);
        if (!terminal.IsJson)
        {
            TrainingSummary.Show(terminal, outcome);
        }

        terminal.Json(outcome.ToJson());
    }

    private static TrainingOutcome Start(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var model = Training.Model(result);
        var path = Out.Read(result) ?? RunNames.Default(model);
        return TrainingJob.Start(Training.ForRun(result, path), title: "Training", terminal, cancellation);
    }

    private static TrainingOutcome GoOn(ParseResult result, string path, Terminal terminal, CancellationToken cancellation)
    {
        if (Training.All.Append(Out).FirstOrDefault(option => result.GetResult(option) is not null) is { } conflict)
        {
            throw new UsageException(
                $"{conflict.Name} cannot be given with --resume.", "A run goes on with the settings it began with: leave the option out.");
        }

        return TrainingJob.Resume(path, terminal, cancellation);
    }
}
