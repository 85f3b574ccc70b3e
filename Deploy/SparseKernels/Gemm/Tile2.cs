using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Two vectors of samples.</summary>
internal struct Tile2<TLanes, TVector> : ITile<Tile2<TLanes, TVector>>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private TVector first;
    private TVector second;

    /// <inheritdoc/>
    public static int Samples
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TLanes.Count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<TLanes, TVector> Start(float bias)
    {
        var start = TLanes.Broadcast(bias);
        return new Tile2<TLanes, TVector> { first = start, second = start };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Tile2<TLanes, TVector> Add(Tile2<TLanes, TVector> sums, float weight, float* inputs)
    {
        var weights = TLanes.Broadcast(weight);
        sums.first = TLanes.MultiplyAdd(weights, TLanes.Load(inputs), sums.first);
        sums.second = TLanes.MultiplyAdd(weights, TLanes.Load(inputs + TLanes.Count), sums.second);
        return sums;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<TLanes, TVector> Add(Tile2<TLanes, TVector> left, Tile2<TLanes, TVector> right)
    {
        left.first = TLanes.Add(left.first, right.first);
        left.second = TLanes.Add(left.second, right.second);
        return left;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Tile2<TLanes, TVector> sums, bool relu, float* target)
    {
        TLanes.Store(relu ? TLanes.Relu(sums.first) : sums.first, target);
        TLanes.Store(relu ? TLanes.Relu(sums.second) : sums.second, target + TLanes.Count);
    }
}
