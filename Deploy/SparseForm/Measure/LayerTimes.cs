namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Microseconds of one layer alone, in the forms that were tried.</summary>
/// <param name="Dense">As the original has it.</param>
/// <param name="Shrunk">Without the units that do nothing; null when it has none of these.</param>
/// <param name="Sparse">On a sparse kernel, without these units; null when it was not tried.</param>
public sealed record LayerTimes(double? Dense, double? Shrunk, double? Sparse)
{
    /// <summary>Shrunk, but with its widths rounded up; null when that is the same, or was not tried.</summary>
    public double? Rounded { get; init; }

    /// <summary>What the sparse kernel competes with.</summary>
    internal double? WithoutKernel => Math.Min(Shrunk ?? Dense ?? double.MaxValue, Rounded ?? double.MaxValue) is < double.MaxValue and var time ? time : null;

    /// <summary>How many times as fast the sparse kernel is; null when it was not tried.</summary>
    internal double? Gain => WithoutKernel / Sparse;
}
