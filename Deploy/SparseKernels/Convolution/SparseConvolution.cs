using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>
/// A two-dimensional convolution with sparse weights: y = relu(weights * x + bias + addend), as ONNX's Conv defines it, float32, images by
/// channels by rows by columns, and of that the greatest of each pool if it has pools. Zeros that are left out of the weights take no part, whatever the input (0 times infinity is 0 here).
/// </summary>
internal sealed unsafe class SparseConvolution
{
    private const int KeptPlans = 32; // a server's batches have as many sizes
    private const nuint Alignment = 64; // bytes, of a cache line
    private const int HeldFloats = 16 * 16;
    private const long FloatsOfSum = 1 << 15; // of a part of the second pass
    private const double LeastWorkOfPart = 40_000; // multiply-adds of vectors: some ten microseconds
    private static long lastRun;

    private readonly SparseMatrix weights;
    private readonly float[]? bias;
    private readonly bool relu;
    private readonly ConvolutionGeometry geometry;
    private readonly VectorLevel level;
    private readonly Lock plansLock = new();
    private ConvolutionPlan[] plans = []; // replaced, never changed: readers need no lock

    /// <param name="weights">A row an output channel, a column a place in the window: [channels / group, rows, columns], flattened.</param>
    /// <param name="bias">One number for each row of the weights, or none.</param>
    /// <param name="relu">Negative results become 0.</param>
    /// <param name="geometry">The window and the pools.</param>
    /// <param name="level">The vectors to use; the processor must have them for speed, not for the result.</param>
    /// <exception cref="ArgumentException">The sizes do not fit one another.</exception>
    public SparseConvolution(SparseMatrix weights, float[]? bias, bool relu, ConvolutionGeometry geometry, VectorLevel level)
    {
        if (weights.Columns != geometry.WeightColumns || geometry.Channels % geometry.Group != 0 || weights.Rows % geometry.Group != 0)
        {
            throw new ArgumentException(
                $"Weights of {weights.Rows} x {weights.Columns} do not fit {geometry.Channels} channels in {geometry.Group} groups under a window of "
                + $"{geometry.KernelHeight} x {geometry.KernelWidth}.", nameof(weights));
        }

        if (bias is not null && bias.Length != weights.Rows)
        {
            throw new ArgumentException($"{bias.Length} biases do not fit {weights.Rows} channels.", nameof(bias));
        }

        (this.weights, this.bias, this.relu, this.geometry, this.level) = (weights, bias, relu, geometry, level);
    }

    /// <summary>Computes the output. Several threads may run at once.</summary>
    /// <param name="x">The input, of <paramref name="batch"/>, channels, <paramref name="height"/> and <paramref name="width"/>.</param>
    /// <param name="batch">Images, 0 or more.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="addend">Numbers of the output's sizes that are added before negative ones become 0; null: none. Not with pools.</param>
    /// <param name="y">The output, of the sizes that the geometry says. It must not overlap the input or the addend.</param>
    /// <param name="parallel">What to run parts on.</param>
    public void Run(float* x, int batch, int height, int width, float* addend, float* y, IParallel parallel)
    {
        Debug.Assert(addend is null || !geometry.HasPools, "No operator adds to pools.");
        if (batch < 1 || weights.Rows == 0 || geometry.PooledHeight(height) < 1 || geometry.PooledWidth(width) < 1)
        {
            return;
        }

        var plan = PlanOf(batch, height, width, (nuint)x % Alignment == 0);
        if (plan.Product is { } product && addend is null)
        {
            product.Run(x, batch, y, parallel);
            return;
        }

        var shares = SharesOfChunk(plan, parallel.Threads);
        var call = new Call(this, plan, x, addend, y, shares, Interlocked.Increment(ref lastRun));
        parallel.For(plan.Chunks * shares, &RunPart, Unsafe.AsPointer(ref call));
        if (call.AddsBehind)
        {
            parallel.For((int)((call.OutputFloats + FloatsOfSum - 1) / FloatsOfSum), &AddPart, Unsafe.AsPointer(ref call));
        }
    }

    private static void AddPart(int part, void* state)
    {
        ref var call = ref Unsafe.AsRef<Call>(state);
        switch (call.Plan.Lanes)
        {
            case 16: AddPart<Lanes512, Vector512<float>>(call, part); break;
            case 8: AddPart<Lanes256, Vector256<float>>(call, part); break;
            case 4: AddPart<Lanes128, Vector128<float>>(call, part); break;
            default: AddPart<Lanes1, float>(call, part); break;
        }
    }

    private static void AddPart<TLanes, TVector>(in Call call, int part)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var first = (long)part * FloatsOfSum;
        Addend<TLanes, TVector>.Add(
            call.Addend + first, call.Y + first, call.Y + first, (nint)Math.Min(FloatsOfSum, call.OutputFloats - first), call.Convolution.relu);
    }

    private static void RunPart(int part, void* state)
    {
        ref var call = ref Unsafe.AsRef<Call>(state);
        switch (call.Plan.Lanes)
        {
            case 16: RunPart<Lanes512, Vector512<float>>(call, part); break;
            case 8: RunPart<Lanes256, Vector256<float>>(call, part); break;
            case 4: RunPart<Lanes128, Vector128<float>>(call, part); break;
            default: RunPart<Lanes1, float>(call, part); break;
        }
    }

    private static void RunPart<TLanes, TVector>(in Call call, int part)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        var (chunk, share) = Math.DivRem(part, call.Shares);
        var (first, end) = (call.Convolution.FirstChannelOf(share, call.Shares), call.Convolution.FirstChannelOf(share + 1, call.Shares));
        if (call.Plan.Tiles is { } tiles)
        {
            RunTile<TLanes, TVector>(call, tiles, chunk, first, end);
        }
        else
        {
            RunChunk<TLanes, TVector>(call, chunk, first, end);
        }
    }

    private static void RunTile<TLanes, TVector>(in Call call, ImageTiles tiles, int tile, int firstChannel, int endChannel)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        var (plan, convolution) = (call.Plan, call.Convolution);
        var scratch = ThreadScratch.Current;
        var input = scratch.Floats(tiles.TileFloats + tiles.StripFloats + ((endChannel - firstChannel) * tiles.PooledFloats));
        var strip = input + tiles.TileFloats;
        var image = Math.Min(tile * TLanes.Count, plan.Batch - TLanes.Count);
        if (scratch.Content != call.ContentOf(tile))
        {
            var floats = plan.Geometry.Channels * plan.Height * plan.Width;
            ImageTileArrangement<TLanes, TVector>.Write(tiles, call.X + ((long)image * floats), floats, input, strip);
            scratch.Content = call.ContentOf(tile);
        }

        new ImageTileProduct<TLanes, TVector>(convolution.weights, convolution.bias, convolution.relu && call.Addend is null, plan, input, strip, strip + tiles.StripFloats)
            .Run(firstChannel, endChannel, image, (tile * TLanes.Count) - image, call.Y);
        for (var added = tile * TLanes.Count; call.Addend is not null && added < image + TLanes.Count; added++)
        {
            var pixels = (long)tiles.PooledRows * tiles.PooledColumns;
            var first = ((added * (long)convolution.weights.Rows) + firstChannel) * pixels;
            Addend<TLanes, TVector>.Add(call.Addend + first, call.Y + first, call.Y + first, (nint)((endChannel - firstChannel) * pixels), convolution.relu);
        }
    }

    private static void RunChunk<TLanes, TVector>(in Call call, int chunk, int firstChannel, int endChannel)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var (plan, convolution) = (call.Plan, call.Convolution);
        var shape = plan.Shape;
        var count = plan.PanelsOf(chunk);
        var scratch = ThreadScratch.Current;
        var pieces = shape.Layout.Images * shape.Layout.RowGroups;
        var panelFloats = (long)count * (sizeof(Panel) + (pieces * sizeof(OutputPiece))) / sizeof(float);
        var mapFloats = (long)shape.MapFloats + MapPooling.Slack;
        var held = scratch.Floats(HeldFloats + shape.ChunkFloats + ChunkArrangement.RoomOf(shape) + panelFloats + mapFloats);
        var input = held + HeldFloats;
        var room = input + shape.ChunkFloats;
        var outputPieces = (OutputPiece*)(room + ChunkArrangement.RoomOf(shape));
        var panels = new Span<Panel>(outputPieces + (count * pieces), count);
        for (var i = 0; i < count; i++)
        {
            panels[i] = plan.PanelAt((chunk * shape.PanelsPerChunk) + i);
        }

        if (shape.InPlace)
        {
            input = call.X + ((long)panels[0].FirstImage * plan.Geometry.Channels * plan.Grid.InputFloats) + ((long)panels[0].FirstRow * TLanes.Count);
        }
        else if (scratch.Content != call.ContentOf(chunk))
        {
            new ChunkArrangement(plan, call.X, room).Write(panels, input);
            scratch.Content = call.ContentOf(chunk);
        }

        var map = room + ChunkArrangement.RoomOf(shape) + panelFloats;
        var addend = call.AddsBehind ? null : call.Addend;
        var relu = convolution.relu && !call.AddsBehind;
        new ChunkProduct<TLanes, TVector>(convolution.weights, convolution.bias, relu, plan, panels, outputPieces, input, held, map, addend, call.Y)
            .Run(firstChannel, endChannel);
    }

    /// <summary>Parts that share a chunk, each with some channels of the output: as few as keep the threads busy.</summary>
    private int SharesOfChunk(ConvolutionPlan plan, int threads)
    {
        if (threads == 1)
        {
            return 1;
        }

        var work = (double)weights.Count * plan.OutputVectors;
        var wanted = ((4 * threads) + plan.Chunks - 1) / plan.Chunks;
        return (int)Math.Clamp(Math.Min(wanted, work / LeastWorkOfPart), 1, weights.Rows);
    }

    /// <summary>Where a share starts, so that all shares have about as many weights.</summary>
    private int FirstChannelOf(int share, int shares)
    {
        if (share == 0 || share == shares)
        {
            return share == 0 ? 0 : weights.Rows;
        }

        var row = Array.BinarySearch(weights.RowStarts, (int)((long)weights.Count * share / shares));
        return Math.Min(row < 0 ? ~row : row, weights.Rows);
    }

    private ConvolutionPlan PlanOf(int batch, int height, int width, bool isAligned)
    {
        foreach (var plan in Volatile.Read(ref plans))
        {
            if ((plan.Batch, plan.Height, plan.Width, plan.IsAligned) == (batch, height, width, isAligned))
            {
                return plan;
            }
        }

        return MakePlan(batch, height, width, isAligned);
    }

    private ConvolutionPlan MakePlan(int batch, int height, int width, bool isAligned)
    {
        var lanes = level switch
        {
            VectorLevel.Vector512 => 16,
            VectorLevel.Vector256 => 8,
            VectorLevel.Vector128 => 4,
            _ => 1,
        };
        var made = ConvolutionPlan.Best(weights, geometry, batch, height, width, isAligned, lanes);
        if (SmallMapProduct.Suits(weights, geometry, batch, height, width, level, made.Cycles))
        {
            made.Product = Volatile.Read(ref plans).FirstOrDefault(plan => plan.Product is not null && (plan.Height, plan.Width) == (height, width))?.Product
                ?? new SmallMapProduct(weights, bias, relu, geometry, height, width, level);
        }

        lock (plansLock)
        {
            made.ShareOffsets(plans);
            Volatile.Write(ref plans, [made, .. plans.Take(KeptPlans - 1)]);
        }

        return made;
    }

    private readonly struct Call(SparseConvolution convolution, ConvolutionPlan plan, float* x, float* addend, float* y, int shares, long number)
    {
        public readonly SparseConvolution Convolution = convolution;
        public readonly ConvolutionPlan Plan = plan;
        public readonly float* X = x;
        public readonly float* Addend = addend;
        public readonly float* Y = y;

        /// <summary>
        /// Whether sums are left to a second pass: where chunks have some rows of every channel, reading the addend in that order takes longer.
        /// </summary>
        public readonly bool AddsBehind = addend is not null && plan.Tiles is null && plan.Shape.Tiles > 1;

        /// <summary>Floats of the output.</summary>
        public long OutputFloats => (long)Plan.Batch * Convolution.weights.Rows * Plan.Grid.OutputFloats;
        public readonly int Shares = shares;

        /// <summary>Names an arranged chunk of this call and no other.</summary>
        public long ContentOf(int chunk) => (number * int.MaxValue) + chunk;
    }
}
