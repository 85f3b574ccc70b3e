namespace SparseHybrid.Comparisons;

/// <summary>What a run has come to, at the level of a comparison.</summary>
/// <param name="Accuracy">Test accuracy (0..1).</param>
/// <param name="Gap">Test loss less training loss.</param>
internal sealed record SeedResult(double Accuracy, double Gap)
{
    public static SeedResult Of(ComparedRun run) => new(run.Result.TestAccuracy, run.Result.TestLoss - run.Result.TrainLoss);
}
