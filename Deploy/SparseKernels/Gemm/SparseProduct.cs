using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>
/// Y = act(X W^T + bias) for X [batch, columns] and sparse W [rows, columns], ready to run, by several threads at once if need be. It holds
/// the weights twice: for one sample and for many.
/// </summary>
#pragma warning disable CS8500 // the address of a reference: on the stack of a call that waits for all who use it
internal sealed unsafe class SparseProduct : IDisposable
{
    /// <summary>Floats that may be read behind the inputs of one sample: most of the widest window.</summary>
    public const int Padding = 32;

    // Multiplications that take some 15 microseconds: less is not worth waking a thread for.
    private const long LeastWorkOfPart = 1 << 17;
    private const long LeastWorkOfTiledPart = 1 << 19;

    /// <summary>The inputs of a tile stay well within a second-level cache.</summary>
    private const int LargestTileBytes = 1 << 17;

    private readonly int rows;
    private readonly int count;
    private readonly VectorLevel level;
    private readonly UsedColumns used;
    private readonly ISampleProduct one;
    private readonly BatchProduct many;

    /// <summary>Packs the weights; nothing is kept of the arguments.</summary>
    /// <param name="weights">W.</param>
    /// <param name="bias">A number for each row; null: none.</param>
    /// <param name="relu">max(0, Y) in place of Y.</param>
    /// <param name="level">The vectors to use, which this processor has.</param>
    public SparseProduct(SparseMatrix weights, float[]? bias, bool relu, VectorLevel level)
    {
        (rows, count, this.level) = (weights.Rows, weights.Count, level);
        used = new UsedColumns(weights);
        bias ??= new float[weights.Rows];
        var packed = new SparseMatrix(
            weights.Rows, used.Count, weights.RowStarts, [.. weights.ColumnIndices.Select(used.PlaceOf)], weights.Values);
        one = level switch
        {
            VectorLevel.Vector512 when Avx512F.IsSupported => new WindowProduct<Lanes512, Vector512<float>, Window512>(packed, bias, relu),
            VectorLevel.Vector256 when Avx2.IsSupported => new WindowProduct<Lanes256, Vector256<float>, Window256>(packed, bias, relu),
            _ => new RowProduct(packed, bias, relu),
        };
        many = new BatchProduct(packed, used, bias, relu);
    }

    /// <summary>Computes Y [batch, rows].</summary>
    public void Run(float* x, int batch, float* y, IParallel parallel)
    {
        var fewSamples = batch <= one.FewSamples;
        var threads = (int)Math.Clamp((long)count * batch / (fewSamples ? LeastWorkOfPart : LeastWorkOfTiledPart), 1, parallel.Threads);
        if (fewSamples)
        {
            var work = new Work { Product = this, X = x, Batch = batch, Y = y, RowParts = threads };
            parallel.For(threads, &RunOneByOne, &work);
            return;
        }

        switch (LevelFor(batch))
        {
            case VectorLevel.Vector512:
                RunTiles<Lanes512, Vector512<float>>(x, batch, y, threads, parallel);
                break;
            case VectorLevel.Vector256:
                RunTiles<Lanes256, Vector256<float>>(x, batch, y, threads, parallel);
                break;
            case VectorLevel.Vector128:
                RunTiles<Lanes128, Vector128<float>>(x, batch, y, threads, parallel);
                break;
            default:
                RunTiles<Lanes1, float>(x, batch, y, threads, parallel);
                break;
        }
    }

    /// <summary>No wider than the batch: the inputs of empty lanes would only crowd the cache.</summary>
    private VectorLevel LevelFor(int batch)
    {
        var widest = batch <= 4 ? VectorLevel.Vector128 : batch <= 8 ? VectorLevel.Vector256 : VectorLevel.Vector512;
        return level < widest ? level : widest;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        one.Dispose();
        many.Dispose();
    }

    /// <summary>
    /// Tiles as wide as fits the cache and leaves one for every thread; if there are fewer even of the narrowest, threads share a tile's rows.
    /// </summary>
    private void RunTiles<TLanes, TVector>(float* x, int batch, float* y, int threads, IParallel parallel)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        var vectors = TLanes.Count > 4 ? 2 : 4; // four sums of these fill the registers: 16 with AVX2, 32 on Arm
        while (vectors > 1 && TLanes.Count > 1 && (CountTiles(vectors) < threads || BytesOfTile(vectors) > LargestTileBytes))
        {
            vectors /= 2;
        }

        var tiles = CountTiles(vectors);
        var work = new Work { Product = this, X = x, Batch = batch, Y = y, VectorsOfTile = vectors, RowParts = (threads + tiles - 1) / tiles };
        parallel.For(tiles * work.RowParts, &RunTile<TLanes, TVector>, &work);

        long BytesOfTile(int vectorsOfTile) => (long)vectorsOfTile * TLanes.Count * used.Count * sizeof(float);

        int CountTiles(int vectorsOfTile) => (batch + (vectorsOfTile * TLanes.Count) - 1) / (vectorsOfTile * TLanes.Count);
    }

    private static void RunOneByOne(int part, void* state)
    {
        ref readonly var work = ref *(Work*)state;
        var product = work.Product;
        var starts = product.one.WorkBefore;
        var (first, end) = (EvenSplit.Start(starts, part, work.RowParts), EvenSplit.Start(starts, part + 1, work.RowParts));
        var inputs = ThreadScratch.Take(product.used.Count + Padding);
        new Span<float>(inputs + product.used.Count, Padding).Clear();
        for (long sample = 0; sample < work.Batch; sample++)
        {
            product.used.Copy(work.X + (sample * product.used.Columns), inputs);
            product.one.Run(inputs, work.Y + (sample * product.rows), first, end);
        }
    }

    private static void RunTile<TLanes, TVector>(int part, void* state)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        ref readonly var work = ref *(Work*)state;
        var product = work.Product;
        var starts = product.many.WorkBefore;
        var (tile, rowPart) = Math.DivRem(part, work.RowParts);
        var (first, end) = (EvenSplit.Start(starts, rowPart, work.RowParts), EvenSplit.Start(starts, rowPart + 1, work.RowParts));
        var sample = (long)tile * work.VectorsOfTile * TLanes.Count;
        var samples = (int)Math.Min((long)work.VectorsOfTile * TLanes.Count, work.Batch - sample);
        var x = work.X + (sample * product.used.Columns);
        var y = work.Y + (sample * product.rows);
        if (samples > 2 * TLanes.Count || TLanes.Count == 1) // tiles are transposed by fours
        {
            product.many.Run<TLanes, TVector, Tile4<TLanes, TVector>>(x, samples, y, first, end);
        }
        else if (samples > TLanes.Count)
        {
            product.many.Run<TLanes, TVector, Tile2<TLanes, TVector>>(x, samples, y, first, end);
        }
        else
        {
            product.many.Run<TLanes, TVector, Tile1<TLanes, TVector>>(x, samples, y, first, end);
        }
    }

    /// <summary>What the parts of one call share.</summary>
    private struct Work
    {
        public SparseProduct Product;
        public float* X;
        public int Batch;
        public float* Y;
        public int VectorsOfTile;
        public int RowParts;
    }
}
