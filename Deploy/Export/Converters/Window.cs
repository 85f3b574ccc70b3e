namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>A window that slides over the spatial dimensions of a sample; one entry per dimension in each list.</summary>
internal sealed record Window(long[] Size, long[] Stride, long[] Before, long[] After, long[] Dilation, bool RoundsUp = false)
{
    /// <summary>Fills in what TorchSharp leaves null or gives once for all dimensions.</summary>
    public static Window Of(int dimensions, long[] size, long[]? stride, long[]? padding, long[]? dilation, bool roundsUp = false)
    {
        var sizes = Expand(size, 1, dimensions);
        var pads = Expand(padding, 0, dimensions);
        var strides = stride is null or [] ? sizes : Expand(stride, 1, dimensions);
        return new Window(sizes, strides, pads, pads, Expand(dilation, 1, dimensions), roundsUp);
    }

    /// <summary>One entry per dimension, where one may stand for all and none for the fallback.</summary>
    public static long[] Expand(long[]? values, long fallback, int dimensions) => values switch
    {
        null or [] => [.. Enumerable.Repeat(fallback, dimensions)],
        [var single] => [.. Enumerable.Repeat(single, dimensions)],
        _ => values,
    };

    /// <summary>What the modules of one dimension give as a number.</summary>
    public static long[]? OfOne(long? value) => value is { } number ? [number] : null;

    /// <summary>ONNX's "pads": those before each dimension, then those after.</summary>
    public long[] Pads => [.. Before, .. After];

    /// <summary>The number of places of the window along each dimension, as PyTorch counts them; 0 or less: it does not fit.</summary>
    public long[] Places(IEnumerable<long> spatialShape) => [.. spatialShape.Select(PlacesAlong)];

    /// <summary>The size that a transposed convolution spreads so many places over, along each dimension.</summary>
    public long[] Spread(IEnumerable<long> places) =>
        [.. places.Select((count, i) => (count - 1) * Stride[i] + Dilation[i] * (Size[i] - 1) + 1 - Before[i] - After[i])];

    private long PlacesAlong(long length, int dimension)
    {
        var room = length + Before[dimension] + After[dimension] - Dilation[dimension] * (Size[dimension] - 1) - 1;
        if (room < 0)
        {
            return 0;
        }

        var stride = Stride[dimension];
        var places = (room + (RoundsUp ? stride - 1 : 0)) / stride + 1;
        var lastStartsInPadding = (places - 1) * stride >= length + Before[dimension];
        return RoundsUp && lastStartsInPadding ? places - 1 : places;
    }
}
