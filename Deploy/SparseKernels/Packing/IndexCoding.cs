namespace SparseHybrid.Kernels;

/// <summary>How packed weights tell where their values are.</summary>
internal enum IndexCoding : byte
{
    /// <summary>A bit for every entry; see <see cref="BitmaskIndices"/>.</summary>
    Bitmask = 0,

    /// <summary>The zeros between values; see <see cref="GapIndices"/>.</summary>
    Gaps = 1,
}
