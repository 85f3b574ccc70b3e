using SparseHybrid.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Training as a task of a live progress bar.</summary>
internal sealed class TrainingBar(ProgressTask task) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress progress)
    {
        task.State.Update<TrainingState>(TrainingColumn.Key, _ => new TrainingState(progress));
        task.Value = progress.Fraction;
    }
}

/// <summary>What the column beside the bar shows; a struct because the bar's state holds values only.</summary>
internal readonly record struct TrainingState(TrainingProgress? Latest);

/// <summary>Loss, accuracy, zeros and time left, beside the bar.</summary>
internal sealed class TrainingColumn : ProgressColumn
{
    public const string Key = "training";

    private const int WidthOfText = 51;

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.State.Get<TrainingState>(Key).Latest is { } latest ? Describe(latest) : "starting".PadRight(WidthOfText));

    // Every part has a fixed width, so that bars below each other align and do not jump.
    private static string Describe(TrainingProgress progress)
    {
        var accuracy = progress.TestAccuracy is { } share ? Format.Percent(share) : "-";
        var time = progress.Fraction < 1 ? $"{Format.Duration(progress.Remaining)} left" : $"in {Format.Duration(progress.Elapsed)}";
        return $"loss {progress.TrainLoss:0.000}  accuracy {accuracy,6}  zeros {Format.Percent(progress.Sparsity),6}  {Format.Lambda(progress.Strength)}{time,-9}";
    }
}
