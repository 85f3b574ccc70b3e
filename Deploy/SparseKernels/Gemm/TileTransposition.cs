using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// Turns samples, one a row, into rows of one input of every sample, and outputs back into samples: by blocks as wide as the vectors where
/// they are whole, else by blocks of 4 x 4, and float by float at the edges.
/// </summary>
/// <typeparam name="TLanes">The width of vectors.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static unsafe class TileTransposition<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private static int FoursAtOnce => Math.Max(TLanes.Count / 4, 1);

    /// <summary>Entry (i, s) of the target is input i of those in use, of sample s.</summary>
    /// <param name="x">The samples, a row of used.Columns each.</param>
    /// <param name="samples">How many are there, at least 1.</param>
    /// <param name="used">The inputs in use.</param>
    /// <param name="target">Room for used.Count rows of <paramref name="width"/>.</param>
    /// <param name="width">Samples of the tile, a multiple of 4; those that are not there repeat the last one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToLanes(float* x, int samples, UsedColumns used, float* target, int width)
    {
        var fours = used.Fours;
        var whole = used.WholeFours;
        for (var first = 0; first < whole; first += FoursAtOnce)
        {
            var end = Math.Min(first + FoursAtOnce, whole);
            var areNeighbours = end - first == FoursAtOnce && fours[end - 1] - fours[first] == FoursAtOnce - 1;
            var sample = 0;
            for (; areNeighbours && TLanes.Count >= 4 && sample + TLanes.Count <= samples; sample += TLanes.Count)
            {
                var source = x + ((nint)sample * used.Columns) + (4 * fours[first]);
                TLanes.Transpose(source, used.Columns, target + (4 * (nint)first * width) + sample, width);
            }

            for (; sample < width; sample += 4)
            {
                FourSamples(x, sample, samples - 1, used.Columns, fours[first..end], target + (4 * (nint)first * width) + sample, width);
            }
        }

        for (var i = 4 * whole; i < used.Count; i++)
        {
            var column = (4 * fours[whole]) + (i % 4);
            for (var sample = 0; sample < width; sample++)
            {
                target[((nint)i * width) + sample] = column < used.Columns ? x[((nint)Math.Min(sample, samples - 1) * used.Columns) + column] : 0f;
            }
        }
    }

    /// <summary>Writes output r of sample s from entry (r, s) of the source.</summary>
    /// <param name="source">Rows of <paramref name="width"/>.</param>
    /// <param name="rows">How many.</param>
    /// <param name="width">Samples of the tile, a multiple of 4.</param>
    /// <param name="samples">Those that are there.</param>
    /// <param name="y">The first of these outputs in the first sample.</param>
    /// <param name="stride">Floats from one sample's outputs to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromLanes(float* source, int rows, int width, int samples, float* y, nint stride)
    {
        for (var sample = 0; sample < samples; sample += TLanes.Count)
        {
            for (var row = 0; row < rows; row += TLanes.Count)
            {
                var block = source + ((nint)row * width) + sample;
                var target = y + (sample * stride) + row;
                if (row + TLanes.Count <= rows && sample + TLanes.Count <= samples)
                {
                    TLanes.Transpose(block, width, target, stride);
                }
                else
                {
                    Edge(block, Math.Min(rows - row, TLanes.Count), width, Math.Min(samples - sample, TLanes.Count), target, stride);
                }
            }
        }
    }

    private static void FourSamples(float* x, int sample, int last, nint columns, ReadOnlySpan<int> fours, float* target, int width)
    {
        var row0 = x + (Math.Min(sample, last) * columns);
        var row1 = x + (Math.Min(sample + 1, last) * columns);
        var row2 = x + (Math.Min(sample + 2, last) * columns);
        var row3 = x + (Math.Min(sample + 3, last) * columns);
        for (var i = 0; i < fours.Length; i++)
        {
            var column = 4 * (nint)fours[i];
            FourByFour.Transpose(row0 + column, row1 + column, row2 + column, row3 + column, target + (4 * (nint)i * width), width);
        }
    }

    private static void Edge(float* source, int rows, int width, int samples, float* target, nint stride)
    {
        var (wholeRows, wholeSamples) = (rows & ~3, samples & ~3);
        for (var sample = 0; sample < wholeSamples; sample += 4)
        {
            for (var row = 0; row < wholeRows; row += 4)
            {
                Lanes128.Transpose(source + (row * width) + sample, width, target + (sample * stride) + row, stride);
            }
        }

        for (var sample = 0; sample < samples; sample++)
        {
            for (var row = sample < wholeSamples ? wholeRows : 0; row < rows; row++)
            {
                target[(sample * stride) + row] = source[(row * width) + sample];
            }
        }
    }
}
