using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>One vector of samples.</summary>
internal struct Tile1<TLanes, TVector> : ITile<Tile1<TLanes, TVector>>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private TVector first;

    /// <inheritdoc/>
    public static int Samples
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 * TLanes.Count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<TLanes, TVector> Start(float bias)
    {
        var start = TLanes.Broadcast(bias);
        return new Tile1<TLanes, TVector> { first = start };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Tile1<TLanes, TVector> Add(Tile1<TLanes, TVector> sums, float weight, float* inputs)
    {
        var weights = TLanes.Broadcast(weight);
        sums.first = TLanes.MultiplyAdd(weights, TLanes.Load(inputs), sums.first);
        return sums;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<TLanes, TVector> Add(Tile1<TLanes, TVector> left, Tile1<TLanes, TVector> right)
    {
        left.first = TLanes.Add(left.first, right.first);
        return left;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Tile1<TLanes, TVector> sums, bool relu, float* target)
    {
        TLanes.Store(relu ? TLanes.Relu(sums.first) : sums.first, target);
    }
}
