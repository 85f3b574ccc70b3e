namespace SparseHybrid.Deploy.Export;

/// <summary>A window that slides over the spatial dimensions of a sample; one entry per dimension in each list.</summary>
internal sealed record Window(long[] Size, long[] Stride, long[] Before, long[] After, long[] Dilation, bool RoundsUp = false)
{
    /// <summary>Fills in what TorchSharp leaves null or gives once for all dimensions.</summary>
    public static Window Of(int dimensions, long[] size, long[]? stride, long[]? padding, long[]? dilation, bool roundsUp = false)
    {
        var sizes = Expand(size, 1);
        return new Window(sizes, stride is null ? sizes : Expand(stride, 1), Expand(padding, 0), Expand(padding, 0), Expand(dilation, 1), roundsUp);

        long[] Expand(long[]? values, long fallback) => values switch
        {
            null or [] => [.. Enumerable.Repeat(fallback, dimensions)],
            [var single] => [.. Enumerable.Repeat(single, dimensions)],
            _ => values,
        };
    }

    /// <summary>ONNX's "pads": those before each dimension, then those after.</summary>
    public long[] Pads => [.. Before, .. After];

    /// <summary>The number of places of the window along each dimension, as PyTorch counts them; 0 or less: it does not fit.</summary>
    public long[] Places(IEnumerable<long> spatialShape) => [.. spatialShape.Select(PlacesAlong)];

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
