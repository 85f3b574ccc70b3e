using SparseHybrid.Training;

namespace SparseHybrid.Tests.Support;

/// <summary>Keeps what it is told, at once and on the same thread (unlike <see cref="Progress{T}"/>).</summary>
public sealed class Recorder<T> : IProgress<T>
{
    public List<T> Values { get; } = [];

    public void Report(T value) => Values.Add(value);
}

/// <summary>Keeps the moments of a run, and stops it after an epoch if told so.</summary>
public sealed class MomentRecorder : ITrainerCallback
{
    public List<string> Moments { get; } = [];

    public int LastEpoch { get; init; } = int.MaxValue;

    public Action AtEpochEnd { get; init; } = () => { };

    public Action<string> AtCheckpoint { get; init; } = _ => { };

    public Action AtEnd { get; init; } = () => { };

    public void OnFitStart(SparseTrainerOptions options) => Moments.Add($"start {options.Epochs}");

    public bool OnEpochEnd(EpochSummary epoch)
    {
        Moments.Add($"epoch {epoch.Epoch}");
        AtEpochEnd();
        return epoch.Epoch < LastEpoch;
    }

    public void OnCheckpointSaved(string path) => AtCheckpoint(path);

    public void OnFitEnd(TrainingReport report)
    {
        Moments.Add($"end {report.Epochs}");
        AtEnd();
    }
}
