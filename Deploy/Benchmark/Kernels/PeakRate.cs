using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>How fast one thread of this processor multiplies and adds at best, with all operands in registers.</summary>
internal static class PeakRate
{
    private const int Chains = 12; // each waits for itself; this many keep the units busy
    private const int Steps = 20_000;

    /// <summary>Measures once; tens of microseconds.</summary>
    /// <returns>Billions of floating-point operations a second; a multiplication with an addition is two.</returns>
    public static double MeasureGigaflops()
    {
        var (start, lanes) = (Stopwatch.GetTimestamp(), Run());
        return 2.0 * Chains * Steps * lanes / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static int Run() => VectorLevels.Best switch
    {
        VectorLevel.Vector512 => Run<Lanes512, Vector512<float>>(),
        VectorLevel.Vector256 => Run<Lanes256, Vector256<float>>(),
        VectorLevel.Vector128 => Run<Lanes128, Vector128<float>>(),
        _ => Run<Lanes1, float>(),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Run<TLanes, TVector>()
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        TVector a = TLanes.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        var (factor, term) = (TLanes.Broadcast(0.5f), TLanes.Broadcast(1f));
        for (var step = 0; step < Steps; step++)
        {
            a = TLanes.MultiplyAdd(a, factor, term);
            b = TLanes.MultiplyAdd(b, factor, term);
            c = TLanes.MultiplyAdd(c, factor, term);
            d = TLanes.MultiplyAdd(d, factor, term);
            e = TLanes.MultiplyAdd(e, factor, term);
            f = TLanes.MultiplyAdd(f, factor, term);
            g = TLanes.MultiplyAdd(g, factor, term);
            h = TLanes.MultiplyAdd(h, factor, term);
            i = TLanes.MultiplyAdd(i, factor, term);
            j = TLanes.MultiplyAdd(j, factor, term);
            k = TLanes.MultiplyAdd(k, factor, term);
            l = TLanes.MultiplyAdd(l, factor, term);
        }

        var former = TLanes.Add(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)), TLanes.Add(e, f));
        var latter = TLanes.Add(TLanes.Add(TLanes.Add(g, h), TLanes.Add(i, j)), TLanes.Add(k, l));
        Keep(TLanes.Add(former, latter)); // once: what lives across a call does not stay in a register
        return TLanes.Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<T>(T value) => _ = value; // the compiler must not see that no one needs it
}
