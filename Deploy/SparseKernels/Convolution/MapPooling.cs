using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>Takes the greatest number of every pool in rows of one channel.</summary>
internal static unsafe class MapPooling
{
    /// <summary>Floats behind the rows that may be read, of any value.</summary>
    public const int Slack = 1;

    /// <summary>Pools rows.</summary>
    /// <param name="geometry">The pools.</param>
    /// <param name="source">The rows.</param>
    /// <param name="columns">Floats from one row to the next.</param>
    /// <param name="pools">Rows of the result.</param>
    /// <param name="target">Room for these, behind one another.</param>
    /// <param name="maxLanes">The widest vectors to use: 16, 8, 4 or 1 floats.</param>
    public static void Run(ConvolutionGeometry geometry, float* source, int columns, int pools, float* target, int maxLanes)
    {
        var lanes = geometry.PoolWidth == 2 ? Math.Min(maxLanes, columns / 2) : 1;
        switch (lanes)
        {
            case >= 16: Pairs<Lanes512, Vector512<float>>(geometry.PoolHeight, source, columns, pools, target); break;
            case >= 8: Pairs<Lanes256, Vector256<float>>(geometry.PoolHeight, source, columns, pools, target); break;
            case >= 4: Pairs<Lanes128, Vector128<float>>(geometry.PoolHeight, source, columns, pools, target); break;
            default: Single(geometry, source, columns, pools, target); break;
        }
    }

    /// <summary>Pools of two columns, of which a row has at least a vector; its last vector starts early enough to end with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs<TLanes, TVector>(int height, float* source, nint columns, int pools, float* target)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var pooledColumns = columns / 2;
        for (; pools > 0; pools--, source += height * columns, target += pooledColumns)
        {
            for (nint first = 0; first < pooledColumns; first += TLanes.Count)
            {
                var column = Math.Min(first, pooledColumns - TLanes.Count);
                var row = source + (2 * column);
                var greatest = PairsOfRow<TLanes, TVector>(row);
                for (var i = 1; i < height; i++)
                {
                    row += columns;
                    greatest = TLanes.Max(greatest, PairsOfRow<TLanes, TVector>(row));
                }

                TLanes.Store(greatest, target + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PairsOfRow<TLanes, TVector>(float* place)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged => TLanes.Max(
        TLanes.EvenLanes(TLanes.Load(place), TLanes.Load(place + TLanes.Count)),
        TLanes.EvenLanes(TLanes.Load(place + 1), TLanes.Load(place + 1 + TLanes.Count)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Single(ConvolutionGeometry geometry, float* source, nint columns, int pools, float* target)
    {
        var (height, width) = (geometry.PoolHeight, geometry.PoolWidth);
        for (; pools > 0; pools--, source += height * columns)
        {
            for (var pool = source; pool + width <= source + columns; pool += width)
            {
                var greatest = *pool;
                for (var i = 0; i < height; i++)
                {
                    for (var column = 0; column < width; column++)
                    {
                        greatest = Lanes1.Max(greatest, pool[(i * columns) + column]);
                    }
                }

                *target++ = greatest;
            }
        }
    }
}
