namespace SparseHybrid.Kernels;

/// <summary>What a convolution needs to know about inputs of one size, worked out once.</summary>
internal sealed class ConvolutionPlan
{
    private ConvolutionPlan(
        SparseMatrix weights, ConvolutionGeometry geometry, int batch, int height, int width, bool isAligned, PixelGrid grid, PanelShape shape, ImageTiles? tiles,
        double cycles)
    {
        (Geometry, Batch, Height, Width, IsAligned, Grid, Shape, Tiles, Cycles) = (geometry, batch, height, width, isAligned, grid, shape, tiles, cycles);
        Offsets = WeightOffsets(weights);
    }

    public ConvolutionGeometry Geometry { get; }

    public int Batch { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Whether the input starts at a multiple of the vector, as all do that ONNX Runtime makes.</summary>
    public bool IsAligned { get; }

    public PixelGrid Grid { get; }

    /// <summary>How the input is arranged where it is not in <see cref="Tiles"/>.</summary>
    public PanelShape Shape { get; }

    /// <summary>Tiles of images; null where <see cref="Shape"/> should be faster.</summary>
    public ImageTiles? Tiles { get; }

    /// <summary>Cycles that it should take.</summary>
    public double Cycles { get; }

    /// <summary>What computes outputs to which nothing is added faster still; null: nothing does. Set before the plan is shared.</summary>
    public SmallMapProduct? Product { get; set; }

    /// <summary>Lanes of its vectors.</summary>
    public int Lanes => Tiles?.Lanes ?? Shape.Layout.Lanes;

    /// <summary>Parts of the input that are arranged one by one.</summary>
    public int Chunks => Tiles?.Count ?? Shape.Chunks;

    /// <summary>Vectors of one channel of the convolution in a chunk.</summary>
    public int OutputVectors => Tiles is { } tiles ? tiles.OutputRows * tiles.OutputColumns : Shape.OutputVectors;

    /// <summary>For each weight where it finds its inputs in a chunk, in floats.</summary>
    public int[] Offsets { get; private set; }

    /// <summary>The plan that should take the least time with vectors of at most so many lanes.</summary>
    public static ConvolutionPlan Best(SparseMatrix weights, ConvolutionGeometry geometry, int batch, int height, int width, bool isAligned, int maxLanes)
    {
        var grid = PixelGrid.Of(geometry, height, width, maxLanes);
        var shape = LayoutChoice.Best(geometry, grid, batch, isAligned, maxLanes, weights);
        var cycles = LayoutChoice.Cycles(geometry, shape, isAligned, weights);
        var tiles = ImageTiles.Candidates(geometry, weights.Rows, batch, height, width, maxLanes).MinBy(tiles => tiles.Cycles(weights));
        if (tiles is not null && tiles.Cycles(weights) >= cycles)
        {
            tiles = null;
        }

        return new ConvolutionPlan(weights, geometry, batch, height, width, isAligned, grid, shape, tiles, tiles?.Cycles(weights) ?? cycles);
    }

    /// <summary>Takes the offsets of a plan that has the same ones, as most plans for other batches do: they are as many as the weights.</summary>
    public void ShareOffsets(IEnumerable<ConvolutionPlan> others) =>
        Offsets = others.FirstOrDefault(other => other.Offsets.AsSpan().SequenceEqual(Offsets))?.Offsets ?? Offsets;

    /// <summary>Panels of a chunk; the last chunk may have fewer.</summary>
    public int PanelsOf(int chunk) => Math.Min(Shape.PanelsPerChunk, Shape.Panels - (chunk * Shape.PanelsPerChunk));

    /// <summary>Where a panel lies.</summary>
    public Panel PanelAt(int index)
    {
        var (rest, segment) = Math.DivRem(index, Shape.Segments);
        var (set, tile) = Math.DivRem(rest, Shape.Tiles);
        var firstRow = tile * Shape.TileRows;
        return new Panel
        {
            FirstImage = set * Shape.Layout.Images,
            Images = Math.Min(Shape.Layout.Images, Batch - (set * Shape.Layout.Images)),
            FirstRow = firstRow,
            Rows = Math.Min(Shape.TileRows, Shape.RowsPerGroup - firstRow),
            FirstColumn = segment * Shape.Layout.PanelColumns,
        };
    }

    private int[] WeightOffsets(SparseMatrix weights)
    {
        var offsets = new int[weights.Count];
        var window = Geometry.KernelHeight * Geometry.KernelWidth;
        var channelsOfGroup = Geometry.Channels / Geometry.Group;
        var rowsOfGroup = Math.Max(1, weights.Rows / Geometry.Group);
        for (var row = 0; row < weights.Rows; row++)
        {
            var firstChannel = row / rowsOfGroup * channelsOfGroup;
            for (var i = weights.RowStarts[row]; i < weights.RowStarts[row + 1]; i++)
            {
                var (channel, place) = Math.DivRem(weights.ColumnIndices[i], window);
                var (kernelRow, kernelColumn) = Math.DivRem(place, Geometry.KernelWidth);
                offsets[i] = Tiles is { } tiles
                    ? tiles.OffsetOf(firstChannel + channel, kernelRow, kernelColumn)
                    : checked(Shape.OffsetOf(Geometry, firstChannel + channel, kernelRow, kernelColumn));
            }
        }

        return offsets;
    }
}
