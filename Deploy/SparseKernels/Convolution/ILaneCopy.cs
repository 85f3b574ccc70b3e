using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Fills the lanes that lie side by side in the input.</summary>
internal unsafe interface ILaneCopy
{
    /// <summary>Lanes that one call fills.</summary>
    static abstract int Count { get; }

    /// <summary>target[i] = source[i * stride]. With a stride of 2 it may read one float more.</summary>
    static abstract void Copy(float* source, int stride, float* target);
}

/// <summary>A vector at a time.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal readonly unsafe struct VectorCopy<TLanes, TVector> : ILaneCopy
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, int stride, float* target)
    {
        if (stride == 1 || TLanes.Count == 1)
        {
            TLanes.Store(TLanes.Load(source), target);
        }
        else if (stride == 2)
        {
            TLanes.Store(TLanes.EvenLanes(TLanes.Load(source), TLanes.Load(source + TLanes.Count)), target);
        }
        else
        {
            for (var i = 0; i < TLanes.Count; i++)
            {
                target[i] = source[i * stride];
            }
        }
    }
}

/// <summary>Two lanes: half of the narrowest vector.</summary>
internal readonly unsafe struct PairCopy : ILaneCopy
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, int stride, float* target)
    {
        if (stride == 1)
        {
            Unsafe.WriteUnaligned(target, Unsafe.ReadUnaligned<ulong>(source));
        }
        else
        {
            (target[0], target[1]) = (source[0], source[stride]);
        }
    }
}
