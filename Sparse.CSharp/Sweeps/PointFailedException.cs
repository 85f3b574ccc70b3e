namespace SparseHybrid.Sweeps;

/// <summary>A run of a sweep failed.</summary>
public sealed class PointFailedException : SparseHybridException
{
    /// <param name="run">The run folder.</param>
    /// <param name="why">What went wrong, one or more sentences.</param>
    /// <param name="inner">The error behind it.</param>
    public PointFailedException(string run, string why, Exception? inner = null)
        : base($"The run '{run}' failed.", why, "Mend what is wrong and resume the sweep: it tries this run again.", inner)
    {
    }

    /// <summary>What to tell of a failed run beside its name: all that an error says, on one line.</summary>
    public static string Describe(SparseHybridException error) =>
        (error is PointFailedException ? error.Why : error.Message).ReplaceLineEndings(" ");
}
