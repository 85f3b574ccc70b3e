namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Microseconds of one run of the whole network, in the forms that were tried.</summary>
/// <param name="Batch">Samples of a run.</param>
/// <param name="Threads">Threads that shared the work of one operator.</param>
/// <param name="Dense">As the original has it.</param>
/// <param name="Shrunk">Without the units that do nothing; null when all do something.</param>
/// <param name="Sparse">With the sparse kernels that proved best; null when no layer gained from one.</param>
public sealed record NetworkTimes(int Batch, int Threads, double Dense, double? Shrunk, double? Sparse)
{
    /// <summary>Shrunk, but with widths rounded up; null when that was not tried.</summary>
    public RoundedTime? Rounded { get; init; }

    /// <summary>In the form that was chosen: the fastest, and of equals the one closest to the original.</summary>
    public required double Chosen { get; init; }

    /// <summary>What was chosen: dense, shrunk or sparse-kernels, and the multiple of its widths where they are rounded up.</summary>
    public required string Choice { get; init; }
}

/// <summary>A time with widths rounded up.</summary>
/// <param name="RoundTo">The multiple that proved best.</param>
/// <param name="Microseconds">The time.</param>
public sealed record RoundedTime(int RoundTo, double Microseconds);
