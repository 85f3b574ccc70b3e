namespace SparseHybrid.Deploy.Quantize;

/// <summary>How the range of a value that is quantised follows from the values seen in calibration.</summary>
public enum CalibrationMethod
{
    /// <summary>From the smallest to the largest: nothing saturates, and one outlier makes every step coarser.</summary>
    MinMax,

    /// <summary>Leaves out a share of the values at either end; these saturate.</summary>
    Percentile,

    /// <summary>The range with the least mean squared error of rounding and saturation together.</summary>
    MeanSquaredError,
}
