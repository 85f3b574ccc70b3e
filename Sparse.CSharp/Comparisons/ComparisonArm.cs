using SparseHybrid.Configuration;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>A contestant with everything worked out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="Settings">How it trains; seed and value are put in for each run.</param>
/// <param name="StartsFrom">The arm whose weights it begins with; null: random weights.</param>
/// <param name="Variable">What its values are; null when it has none.</param>
/// <param name="Values">Its values; empty for an arm that trains once a seed.</param>
/// <param name="Epochs">Epochs behind a run of it, those of its start included.</param>
/// <param name="EqualSize">Is it a dense network as large as the sparse one?</param>
internal sealed record ComparisonArm(
    string Name,
    ArmRole Role,
    TrainingConfiguration Settings,
    string? StartsFrom,
    SweepVariable? Variable,
    IReadOnlyList<double> Values,
    int Epochs,
    bool EqualSize);
