namespace SparseHybrid.Deploy.Quantize;

/// <summary>What a model's weights and values are.</summary>
public enum Precision
{
    /// <summary>float32, as it was trained.</summary>
    Float32,

    /// <summary>Weights stored as float16 and computed with in float32: half the file, the same speed on processors.</summary>
    Float16,

    /// <summary>Weights and values float16, for accelerators; slower than float32 on x86 processors.</summary>
    Float16Compute,

    /// <summary>Weights and values 8-bit integers: a quarter of the file, and on processors mostly faster.</summary>
    Int8,
}
