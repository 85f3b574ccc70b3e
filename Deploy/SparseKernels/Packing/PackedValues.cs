namespace SparseHybrid.Kernels;

/// <summary>How the values of packed weights are stored.</summary>
public enum PackedValues
{
    /// <summary>4 bytes each, exact.</summary>
    Float32 = 0,

    /// <summary>2 bytes each: IEEE 754 binary16, relative error below 2^-11 for values from 6.2e-5 to 65504.</summary>
    Float16 = 1,

    /// <summary>1 byte each, -127 to 127, times a scale per row: error at most half of a 127th of the row's largest value.</summary>
    Int8 = 2,
}
