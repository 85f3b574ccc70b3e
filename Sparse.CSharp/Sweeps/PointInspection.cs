using SparseHybrid.Runs;

namespace SparseHybrid.Sweeps;

/// <summary>How far a run of a sweep has come.</summary>
public enum PointState
{
    /// <summary>It was never begun.</summary>
    Waiting,

    /// <summary>It was interrupted and can go on.</summary>
    Interrupted,

    /// <summary>It is done, and its files are whole.</summary>
    Finished,

    /// <summary>What there is of it cannot be used.</summary>
    Damaged,
}

/// <summary>How far a run of a sweep has come, judged by its folder alone.</summary>
/// <param name="State">How far.</param>
/// <param name="Run">What it ended with, for <see cref="PointState.Finished"/>.</param>
/// <param name="Explanation">What is wrong, for <see cref="PointState.Damaged"/>.</param>
public sealed record PointInspection(PointState State, SweepRun? Run = null, string? Explanation = null)
{
    internal static PointInspection Of(string path, PlannedRun point)
    {
        if (!Directory.Exists(path))
        {
            return new PointInspection(PointState.Waiting);
        }

        try
        {
            using var folder = RunFolder.Open(path);
            if (folder.Record.Method != point.Method || folder.Record.Options.Seed != point.Seed)
            {
                return Damaged($"It is a run of {folder.Record.Method} with seed {folder.Record.Options.Seed}.");
            }

            if (folder.Record.Result is null)
            {
                CheckCheckpoints(folder);
                return new PointInspection(PointState.Interrupted);
            }

            Safetensors.CheckStructure(folder.ModelPath);
            return new PointInspection(PointState.Finished, Describe(folder.Record, point));
        }
        catch (SparseHybridException error)
        {
            return Damaged($"{error.What} {error.Why}");
        }
    }

    // A run that was killed before its first checkpoint goes on from its start.
    private static void CheckCheckpoints(RunFolder folder)
    {
        if (folder.Checkpoints.Paths.Count > 0)
        {
            folder.Checkpoints.LoadNewest().Dispose();
        }
    }

    private static PointInspection Damaged(string why) => new(PointState.Damaged, Explanation: why);

    private static SweepRun Describe(RunRecord record, PlannedRun point)
    {
        var result = record.Result!;
        return new SweepRun(
            point.Folder,
            point.Label,
            point.Lambda,
            point.TargetSparsity,
            point.Seed,
            point.Start is { } start ? PlannedRun.FolderOf(start) : record.Weights?.File ?? "random",
            result.Epochs,
            result.TestAccuracy,
            result.TestLoss,
            result.TrainLoss,
            result.Sparsity,
            result.Nonzeros,
            result.Parameters,
            result.Seconds,
            result.ProcessorSeconds);
    }
}
