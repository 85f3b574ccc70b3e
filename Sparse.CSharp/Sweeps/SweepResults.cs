namespace SparseHybrid.Sweeps;

/// <summary>A run of a sweep that is done.</summary>
/// <param name="Run">Its run folder, relative to the sweep's.</param>
/// <param name="Method">Training method; of a comparison the name of the arm.</param>
/// <param name="Lambda">Strength of the penalty; null when it is not the strength that was set.</param>
/// <param name="TargetSparsity">Share of zeros asked for (0..1); null when none was asked for.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Start">"random", or the run folder or file whose weights it began with.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="TestAccuracy">Share of test images classified rightly after the last epoch (0..1).</param>
/// <param name="TestLoss">Mean cross-entropy on the test data after the last epoch.</param>
/// <param name="TrainLoss">Mean cross-entropy over the last epoch.</param>
/// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
/// <param name="Nonzeros">Parameters of the whole network that are not zero.</param>
/// <param name="Parameters">Parameters of the whole network.</param>
/// <param name="Seconds">Seconds of training, over all sittings, while other runs may have shared the machine.</param>
/// <param name="ProcessorSeconds">Seconds of processor time of the same; null in runs of releases that did not count them.</param>
public sealed record SweepRun(
    string Run,
    string Method,
    double? Lambda,
    double? TargetSparsity,
    long Seed,
    string Start,
    int Epochs,
    double TestAccuracy,
    double TestLoss,
    double TrainLoss,
    double Sparsity,
    long Nonzeros,
    long Parameters,
    double Seconds,
    double? ProcessorSeconds = null);

/// <summary>A run of a sweep that failed.</summary>
/// <param name="Run">Its run folder, relative to the sweep's.</param>
/// <param name="Error">What went wrong, in words.</param>
public sealed record SweepFailure(string Run, string Error);

/// <summary>One method at one value, over its seeds.</summary>
/// <param name="Method">Training method.</param>
/// <param name="Lambda">Strength of the penalty; null when a share of zeros was asked for.</param>
/// <param name="TargetSparsity">Share of zeros asked for (0..1); null when the strength was given.</param>
/// <param name="Seeds">How many seeds are in it.</param>
/// <param name="TestAccuracy">Share of test images classified rightly (0..1).</param>
/// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
/// <param name="Nonzeros">Parameters of the whole network that are not zero.</param>
/// <param name="IsOnFront">Is there no other entry with as many zeros and as high an accuracy on average, and more of one?</param>
public sealed record FrontEntry(
    string Method, double? Lambda, double? TargetSparsity, int Seeds, Spread TestAccuracy, Spread Sparsity, Spread Nonzeros, bool IsOnFront);
