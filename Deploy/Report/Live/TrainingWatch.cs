using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>What is known of a run beyond its folder.</summary>
/// <param name="Changes">How much has happened: a state with another number is another one.</param>
/// <param name="IsBegun">Is there a run folder to read?</param>
/// <param name="Latest">Where training is; null before the first word of it.</param>
/// <param name="UnderWay">Moments of the epoch that is not done.</param>
/// <param name="Ending">How it ended; null while it runs.</param>
internal sealed record WatchedState(long Changes, bool IsBegun, TrainingProgress? Latest, IReadOnlyList<EpochMoment> UnderWay, LiveEnding? Ending);

/// <summary>Hears from the thread that trains and takes notes, so little that training does not feel it; any thread may read them.</summary>
internal sealed class TrainingWatch : ITrainerCallback, IProgress<TrainingProgress>
{
    private const double Spacing = 0.02; // epochs between moments

    private readonly Lock gate = new();
    private readonly List<EpochMoment> underWay = [];
    private double strength;
    private bool isBegun;
    private TrainingProgress? latest;
    private LiveEnding? ending;
    private long changes;

    public void OnFitStart(SparseTrainerOptions options) => Note(() =>
    {
        isBegun = true;
        strength = options.Method.HasPenalty ? options.Strength : 0;
    });

    public void Report(TrainingProgress progress) => Note(() =>
    {
        latest = progress;
        var epoch = progress.Fraction * progress.Epochs;
        if (progress.Batch < progress.BatchesPerEpoch && (underWay.Count == 0 || epoch >= underWay[^1].Epoch + Spacing))
        {
            underWay.Add(new EpochMoment(epoch, progress.TrainLoss, progress.Strength ?? strength, progress.Sparsity));
        }
    });

    public bool OnEpochEnd(EpochSummary epoch)
    {
        Note(underWay.Clear); // metrics.jsonl tells of them from now on
        return true;
    }

    /// <summary>Training is over; what is said of it later does not count.</summary>
    public void End(LiveEnding how) => Note(() => ending ??= how);

    /// <summary>The state at present.</summary>
    public WatchedState Read()
    {
        lock (gate)
        {
            return new WatchedState(changes, isBegun, latest, [.. underWay], ending);
        }
    }

    private void Note(Action what)
    {
        lock (gate)
        {
            what();
            changes++;
        }
    }
}
