using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Takes the greatest number of every pool in rows of one channel.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static unsafe class MapPooling<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats behind the rows that may be read, of any value.</summary>
    public const int Slack = 1;

    /// <summary>Pools rows.</summary>
    /// <param name="geometry">The pools.</param>
    /// <param name="source">The rows.</param>
    /// <param name="columns">Floats from one row to the next.</param>
    /// <param name="pools">Rows of the result.</param>
    /// <param name="target">Room for these, behind one another.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ConvolutionGeometry geometry, float* source, int columns, int pools, float* target)
    {
        var (height, width) = (geometry.PoolHeight, geometry.PoolWidth);
        var pooledColumns = columns / width;
        for (var pool = 0; pool < pools; pool++, source += (nint)height * columns, target += pooledColumns)
        {
            var column = width == 2 ? Pairs(source, height, columns, pooledColumns, target) : 0;
            for (; column < pooledColumns; column++)
            {
                target[column] = Greatest(source + (column * width), height, width, columns);
            }
        }
    }

    /// <summary>As many pools of two columns as fill whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pairs(float* source, int height, nint columns, int pooledColumns, float* target)
    {
        var column = 0;
        for (; column + TLanes.Count <= pooledColumns; column += TLanes.Count)
        {
            var place = source + (2 * column);
            var greatest = PairsOfRow(place);
            for (var row = 1; row < height; row++)
            {
                greatest = TLanes.Max(greatest, PairsOfRow(place + (row * columns)));
            }

            TLanes.Store(greatest, target + column);
        }

        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PairsOfRow(float* place) => TLanes.Max(
        TLanes.EvenLanes(TLanes.Load(place), TLanes.Load(place + TLanes.Count)),
        TLanes.EvenLanes(TLanes.Load(place + 1), TLanes.Load(place + 1 + TLanes.Count)));

    private static float Greatest(float* place, int height, int width, nint columns)
    {
        var greatest = *place;
        for (var row = 0; row < height; row++, place += columns)
        {
            for (var column = 0; column < width; column++)
            {
                greatest = MathF.Max(greatest, place[column]);
            }
        }

        return greatest;
    }
}
