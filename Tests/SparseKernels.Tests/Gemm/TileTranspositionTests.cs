using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels.Tests;

public sealed unsafe class TileTranspositionTests
{
    [Fact]
    public void Samples_become_lanes_and_come_back()
    {
        Check<Lanes1, float>();
        Check<Lanes128, Vector128<float>>();
        Check<Lanes256, Vector256<float>>();
        Check<Lanes512, Vector512<float>>();
    }

    private static void Check<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        var random = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            var (columns, width) = (random.Next(1, 70), 4 * random.Next(1, 17));
            width = (width + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            var samples = random.Next(1, width + 1);
            var used = new UsedColumns(RandomMatrix.Sparse(random, 1, columns, random.Next(3) / 2.0));
            var x = RandomMatrix.Dense(random, samples * columns, 0.0);
            var (lanes, back) = (new float[used.Count * width], new float[(samples * used.Count) + 1]);
            back[^1] = 42f;
            fixed (float* source = x, transposed = lanes, target = back)
            {
                TileTransposition<TLanes, TVector>.ToLanes(source, samples, used, transposed, width);
                TileTransposition<TLanes, TVector>.FromLanes(transposed, used.Count, width, samples, target, used.Count);
            }

            Assert.All(Enumerable.Range(0, samples * used.Count), at =>
            {
                var (sample, place) = Math.DivRem(at, used.Count);
                var column = (4 * used.Fours[place / 4]) + (place % 4);
                var expected = column < columns ? x[(sample * columns) + column] : 0f;
                Assert.Equal(expected, lanes[(place * width) + sample]);
                Assert.Equal(expected, back[at]);
            });
            Assert.Equal(42f, back[^1]);
        }
    }
}
