using SparseHybrid.Optimizers;
using SparseHybrid.Runs;

namespace SparseHybrid.Training;

/// <summary>What stays the same throughout a run.</summary>
internal sealed record TrainingSetup(
    SparseTrainerOptions Options,
    RunFolder? Run,
    RegularizationPolicy Policy,
    IReadOnlyList<ITrainerCallback> Callbacks,
    TimeProvider Clock);
