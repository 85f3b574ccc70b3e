using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// Up to four runs of up to four vectors of one output channel, held in registers while all its weights are added. The runs may lie
/// anywhere; the vectors of a run are contiguous.
/// </summary>
internal unsafe struct RegisterBlock
{
    /// <summary>Where the first run of inputs starts for a weight of offset 0.</summary>
    public float* Input;

    /// <summary>Floats from the first run to the second.</summary>
    public nint Second;

    /// <summary>Floats from the first run to the third.</summary>
    public nint Third;

    /// <summary>Floats from the first run to the fourth.</summary>
    public nint Fourth;

    /// <summary>Where the first run of outputs goes.</summary>
    public float* Target0;

    /// <summary>Where the second run of outputs goes.</summary>
    public float* Target1;

    /// <summary>Where the third run of outputs goes.</summary>
    public float* Target2;

    /// <summary>Where the fourth run of outputs goes.</summary>
    public float* Target3;

    /// <summary>Floats from one vector of a run to the next where they go.</summary>
    public nint TargetPitch;

    /// <summary>Floats from where an output goes to what is added to it; 0: nothing is.</summary>
    public nint Addend;

    /// <summary>Every second run has the odd columns of the run before, and goes where that one goes.</summary>
    public bool IsInterleaved;

    /// <summary>Adds bias and weights times inputs. With fewer than four runs the free registers take every second, or fourth, weight.</summary>
    /// <typeparam name="TLanes">Operations on the vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TRuns">Runs: one, two or four.</typeparam>
    /// <typeparam name="TLength">Vectors in a run: one, two or four.</typeparam>
    /// <param name="row">The weights; offsets count from <see cref="Input"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Multiply<TLanes, TVector, TRuns, TLength>(in WeightRow row)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
        where TRuns : IFixedCount
        where TLength : IFixedCount
    {
        var input = Input;
        var (second, third, fourth) = (Second, Third, Fourth);
        var offsets = row.Offsets;
        var values = row.Values;
        var count = row.Count;
        TVector a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3;
        a0 = a1 = a2 = a3 = TLanes.Broadcast(row.Bias);
        b0 = b1 = b2 = b3 = TRuns.Value > 1 ? a0 : TLanes.Zero;
        c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = TRuns.Value > 2 ? a0 : TLanes.Zero;
        var step = 4 / TRuns.Value;
        var at = 0;
        for (; at + step <= count; at += step)
        {
            var weight = TLanes.Broadcast(values[at]);
            var source = input + offsets[at];
            Add<TLanes, TVector, TLength>(weight, source, ref a0, ref a1, ref a2, ref a3);
            if (TRuns.Value == 4)
            {
                Add<TLanes, TVector, TLength>(weight, source + second, ref b0, ref b1, ref b2, ref b3);
                Add<TLanes, TVector, TLength>(weight, source + third, ref c0, ref c1, ref c2, ref c3);
                Add<TLanes, TVector, TLength>(weight, source + fourth, ref d0, ref d1, ref d2, ref d3);
            }
            else if (TRuns.Value == 2)
            {
                var nextWeight = TLanes.Broadcast(values[at + 1]);
                var nextSource = input + offsets[at + 1];
                Add<TLanes, TVector, TLength>(weight, source + second, ref b0, ref b1, ref b2, ref b3);
                Add<TLanes, TVector, TLength>(nextWeight, nextSource, ref c0, ref c1, ref c2, ref c3);
                Add<TLanes, TVector, TLength>(nextWeight, nextSource + second, ref d0, ref d1, ref d2, ref d3);
            }
            else
            {
                Add<TLanes, TVector, TLength>(TLanes.Broadcast(values[at + 1]), input + offsets[at + 1], ref b0, ref b1, ref b2, ref b3);
                Add<TLanes, TVector, TLength>(TLanes.Broadcast(values[at + 2]), input + offsets[at + 2], ref c0, ref c1, ref c2, ref c3);
                Add<TLanes, TVector, TLength>(TLanes.Broadcast(values[at + 3]), input + offsets[at + 3], ref d0, ref d1, ref d2, ref d3);
            }
        }

        for (; TRuns.Value < 4 && at < count; at++)
        {
            var weight = TLanes.Broadcast(values[at]);
            var source = input + offsets[at];
            Add<TLanes, TVector, TLength>(weight, source, ref a0, ref a1, ref a2, ref a3);
            if (TRuns.Value == 2)
            {
                Add<TLanes, TVector, TLength>(weight, source + second, ref b0, ref b1, ref b2, ref b3);
            }
        }

        if (TRuns.Value == 1)
        {
            Combine<TLanes, TVector, TLength>(ref a0, ref a1, ref a2, ref a3, b0, b1, b2, b3);
            Combine<TLanes, TVector, TLength>(ref c0, ref c1, ref c2, ref c3, d0, d1, d2, d3);
            Combine<TLanes, TVector, TLength>(ref a0, ref a1, ref a2, ref a3, c0, c1, c2, c3);
        }

        if (TRuns.Value == 2)
        {
            Combine<TLanes, TVector, TLength>(ref a0, ref a1, ref a2, ref a3, c0, c1, c2, c3);
            Combine<TLanes, TVector, TLength>(ref b0, ref b1, ref b2, ref b3, d0, d1, d2, d3);
        }

        var relu = row.Relu;
        if (TRuns.Value > 1 && IsInterleaved)
        {
            Interleave<TLanes, TVector, TLength>(Target0, relu, a0, a1, a2, a3, b0, b1, b2, b3);
            if (TRuns.Value > 2)
            {
                Interleave<TLanes, TVector, TLength>(Target2, relu, c0, c1, c2, c3, d0, d1, d2, d3);
            }

            return;
        }

        Store<TLanes, TVector, TLength>(Target0, relu, a0, a1, a2, a3);
        if (TRuns.Value > 1)
        {
            Store<TLanes, TVector, TLength>(Target1, relu, b0, b1, b2, b3);
        }

        if (TRuns.Value > 2)
        {
            Store<TLanes, TVector, TLength>(Target2, relu, c0, c1, c2, c3);
            Store<TLanes, TVector, TLength>(Target3, relu, d0, d1, d2, d3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, TVector, TLength>(TVector weight, float* source, ref TVector v0, ref TVector v1, ref TVector v2, ref TVector v3)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
        where TLength : IFixedCount
    {
        v0 = TLanes.MultiplyAdd(weight, TLanes.Load(source), v0);
        if (TLength.Value > 1)
        {
            v1 = TLanes.MultiplyAdd(weight, TLanes.Load(source + TLanes.Count), v1);
        }

        if (TLength.Value > 2)
        {
            v2 = TLanes.MultiplyAdd(weight, TLanes.Load(source + (2 * TLanes.Count)), v2);
            v3 = TLanes.MultiplyAdd(weight, TLanes.Load(source + (3 * TLanes.Count)), v3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine<TLanes, TVector, TLength>(
        ref TVector v0, ref TVector v1, ref TVector v2, ref TVector v3, TVector w0, TVector w1, TVector w2, TVector w3)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
        where TLength : IFixedCount
    {
        v0 = TLanes.Add(v0, w0);
        if (TLength.Value > 1)
        {
            v1 = TLanes.Add(v1, w1);
        }

        if (TLength.Value > 2)
        {
            v2 = TLanes.Add(v2, w2);
            v3 = TLanes.Add(v3, w3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<TLanes, TVector, TLength>(float* target, bool relu, TVector v0, TVector v1, TVector v2, TVector v3)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
        where TLength : IFixedCount
    {
        Store<TLanes, TVector>(target, relu, v0);
        if (TLength.Value > 1)
        {
            Store<TLanes, TVector>(target + TargetPitch, relu, v1);
        }

        if (TLength.Value > 2)
        {
            Store<TLanes, TVector>(target + (2 * TargetPitch), relu, v2);
            Store<TLanes, TVector>(target + (3 * TargetPitch), relu, v3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<TLanes, TVector>(float* target, bool relu, TVector sum)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        sum = Addend == 0 ? sum : TLanes.Add(sum, TLanes.Load(target + Addend));
        TLanes.Store(relu ? TLanes.Relu(sum) : sum, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Interleave<TLanes, TVector, TLength>(
        float* target, bool relu, TVector v0, TVector v1, TVector v2, TVector v3, TVector w0, TVector w1, TVector w2, TVector w3)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
        where TLength : IFixedCount
    {
        Interleave<TLanes, TVector>(target, relu, v0, w0);
        if (TLength.Value > 1)
        {
            Interleave<TLanes, TVector>(target + TargetPitch, relu, v1, w1);
        }

        if (TLength.Value > 2)
        {
            Interleave<TLanes, TVector>(target + (2 * TargetPitch), relu, v2, w2);
            Interleave<TLanes, TVector>(target + (3 * TargetPitch), relu, v3, w3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Interleave<TLanes, TVector>(float* target, bool relu, TVector even, TVector odd)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        if (Addend == 0)
        {
            TLanes.StoreInterleaved(relu ? TLanes.Relu(even) : even, relu ? TLanes.Relu(odd) : odd, target);
            return;
        }

        TLanes.StoreInterleaved(even, odd, target);
        Store<TLanes, TVector>(target, relu, TLanes.Load(target));
        Store<TLanes, TVector>(target + TLanes.Count, relu, TLanes.Load(target + TLanes.Count));
    }
}
