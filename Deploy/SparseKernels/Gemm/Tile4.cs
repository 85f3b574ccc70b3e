using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Four vectors of samples.</summary>
internal struct Tile4<TLanes, TVector> : ITile<Tile4<TLanes, TVector>>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private TVector first;
    private TVector second;
    private TVector third;
    private TVector fourth;

    /// <inheritdoc/>
    public static int Samples
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4 * TLanes.Count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<TLanes, TVector> Start(float bias)
    {
        var start = TLanes.Broadcast(bias);
        return new Tile4<TLanes, TVector> { first = start, second = start, third = start, fourth = start };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Tile4<TLanes, TVector> Add(Tile4<TLanes, TVector> sums, float weight, float* inputs)
    {
        var weights = TLanes.Broadcast(weight);
        sums.first = TLanes.MultiplyAdd(weights, TLanes.Load(inputs), sums.first);
        sums.second = TLanes.MultiplyAdd(weights, TLanes.Load(inputs + TLanes.Count), sums.second);
        sums.third = TLanes.MultiplyAdd(weights, TLanes.Load(inputs + (2 * TLanes.Count)), sums.third);
        sums.fourth = TLanes.MultiplyAdd(weights, TLanes.Load(inputs + (3 * TLanes.Count)), sums.fourth);
        return sums;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<TLanes, TVector> Add(Tile4<TLanes, TVector> left, Tile4<TLanes, TVector> right)
    {
        left.first = TLanes.Add(left.first, right.first);
        left.second = TLanes.Add(left.second, right.second);
        left.third = TLanes.Add(left.third, right.third);
        left.fourth = TLanes.Add(left.fourth, right.fourth);
        return left;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Tile4<TLanes, TVector> sums, bool relu, float* target)
    {
        TLanes.Store(relu ? TLanes.Relu(sums.first) : sums.first, target);
        TLanes.Store(relu ? TLanes.Relu(sums.second) : sums.second, target + TLanes.Count);
        TLanes.Store(relu ? TLanes.Relu(sums.third) : sums.third, target + (2 * TLanes.Count));
        TLanes.Store(relu ? TLanes.Relu(sums.fourth) : sums.fourth, target + (3 * TLanes.Count));
    }
}
