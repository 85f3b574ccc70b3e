using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>Adds another tensor to results on their way to the output.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static unsafe class Addend<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Has the numbers brought to the cache: channels lie too far apart for the processor to see what comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch(float* addend, nint count)
    {
        const int line = 64 / sizeof(float);
        for (nint i = 0; Sse.IsSupported && i < count; i += line)
        {
            Sse.Prefetch0(addend + i);
        }
    }

    /// <summary>target = relu(results + addend).</summary>
    /// <param name="addend">What is added.</param>
    /// <param name="results">What it is added to.</param>
    /// <param name="target">The sums; they may take the place of the results.</param>
    /// <param name="count">How many.</param>
    /// <param name="relu">Negative sums become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* addend, float* results, float* target, nint count, bool relu)
    {
        nint i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            var sum = TLanes.Add(TLanes.Load(results + i), TLanes.Load(addend + i));
            TLanes.Store(relu ? TLanes.Relu(sum) : sum, target + i);
        }

        for (; TLanes.Count > 4 && i + 4 <= count; i += 4)
        {
            var sum = Lanes128.Add(Lanes128.Load(results + i), Lanes128.Load(addend + i));
            Lanes128.Store(relu ? Lanes128.Relu(sum) : sum, target + i);
        }

        for (; i < count; i++)
        {
            var sum = results[i] + addend[i];
            target[i] = relu ? Lanes1.Relu(sum) : sum;
        }
    }
}
