namespace SparseHybrid.Sparsifiers;

/// <summary>
/// How a run is divided into the trainings of iterative pruning with rewinding: a whole one, then as many shorter ones as there
/// are prunings, each from the rewinding point to its end. Together they take exactly the steps of the run; what a division
/// leaves over goes to the last training.
/// </summary>
/// <param name="TotalSteps">Steps of the run.</param>
/// <param name="Rounds">Prunings, at least 1; trainings are one more.</param>
/// <param name="RewindShare">Share of the first training that is never undone, from 0 (back to the initial weights) to below 1.</param>
internal sealed record RewindingPlan(long TotalSteps, int Rounds, double RewindShare)
{
    /// <summary>Steps of the first training, at the end of which the first pruning comes.</summary>
    public long TrainingSteps { get; } = Math.Max(1, (long)(TotalSteps / (1 + Rounds * (1 - RewindShare))));

    /// <summary>Steps after which the weights are kept for every rewinding, fewer than <see cref="TrainingSteps"/>.</summary>
    public long RewindStep => (long)Math.Ceiling(RewindShare * TrainingSteps);

    /// <summary>Whether every training has at least one step.</summary>
    public bool Fits => LaterSteps >= 1 && TrainingSteps + Rounds * LaterSteps <= TotalSteps;

    private long LaterSteps => TrainingSteps - RewindStep;

    /// <summary>How many prunings come before a step, counted from 1.</summary>
    public int PruningsBefore(long step) => step <= TrainingSteps ? 0 : (int)Math.Min(Rounds, 1 + (step - TrainingSteps - 1) / LaterSteps);

    /// <summary>Whether pruning and rewinding follow a step.</summary>
    public bool PrunesAfter(long step) => PruningsBefore(step + 1) > PruningsBefore(step);

    /// <summary>Where a step lies in the schedule of its training: its place there, counted from 1, and that schedule's length.</summary>
    public (long Step, long Length) Place(long step)
    {
        var prunings = PruningsBefore(step);
        if (prunings == 0)
        {
            return (step, TrainingSteps);
        }

        var before = TrainingSteps + (prunings - 1) * LaterSteps;
        var length = prunings < Rounds ? TrainingSteps : RewindStep + TotalSteps - before;
        return (RewindStep + step - before, length);
    }

    /// <summary>Share of zeros after so many prunings: each leaves the same share of the weights that were left.</summary>
    /// <param name="finalSparsity">Share of zeros after the last, from 0 to 1.</param>
    /// <param name="prunings">From 0 to <see cref="Rounds"/>.</param>
    /// <remarks>Frankle and Carbin, The Lottery Ticket Hypothesis, ICLR 2019, section 1: p^(1/n) % of what survives, n times.</remarks>
    public double SparsityAfter(double finalSparsity, int prunings) =>
        prunings == Rounds ? finalSparsity : 1 - Math.Pow(1 - finalSparsity, (double)prunings / Rounds);
}
