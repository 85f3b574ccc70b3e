namespace SparseHybrid.Training;

/// <summary>Moments of a run that other code may act on. Every method has an empty default.</summary>
public interface ITrainerCallback
{
    /// <summary>Everything is checked; the first batch comes next.</summary>
    /// <param name="options">Settings of the run.</param>
    void OnFitStart(SparseTrainerOptions options) { }

    /// <summary>An epoch was trained and evaluated.</summary>
    /// <param name="epoch">What it ended with.</param>
    /// <returns>False to stop training here.</returns>
    bool OnEpochEnd(EpochSummary epoch) => true;

    /// <summary>A checkpoint is complete.</summary>
    /// <param name="path">Its file.</param>
    void OnCheckpointSaved(string path) { }

    /// <summary>Training is over.</summary>
    /// <param name="report">What it ended with.</param>
    void OnFitEnd(TrainingReport report) { }
}
