using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>A count that the just-in-time compiler knows: code written over it is compiled for each count, without branches on it.</summary>
internal interface IFixedCount
{
    /// <summary>The count.</summary>
    static abstract int Value { get; }
}

/// <summary>1.</summary>
internal readonly struct One : IFixedCount
{
    /// <inheritdoc/>
    public static int Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }
}

/// <summary>2.</summary>
internal readonly struct Two : IFixedCount
{
    /// <inheritdoc/>
    public static int Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }
}

/// <summary>4.</summary>
internal readonly struct Four : IFixedCount
{
    /// <inheritdoc/>
    public static int Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }
}
