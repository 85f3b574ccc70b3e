namespace SparseHybrid.Kernels;

/// <summary>
/// The attributes of <c>SparseConv</c>, whose names and meanings are those of ONNX's Conv: <c>kernel_shape</c> (must be there),
/// <c>strides</c>, <c>pads</c> (top, left, bottom, right), <c>dilations</c>, <c>group</c>. <c>SparseConvMaxPool</c> has <c>pool_shape</c>
/// besides: rows and columns of a pool, which must be there.
/// </summary>
internal static class ConvAttributes
{
    /// <summary>The geometry of a layer with the given weights.</summary>
    /// <exception cref="InvalidDataException">An attribute is missing or out of range, or does not fit the weights.</exception>
    public static ConvolutionGeometry Read(KernelInfo info, SparseMatrix weights, bool hasPools)
    {
        var kernel = Sizes("kernel_shape", info.Int64s("kernel_shape"u8), 2, 1, null);
        var strides = Sizes("strides", info.Int64s("strides"u8), 2, 1, 1);
        var pads = Sizes("pads", info.Int64s("pads"u8), 4, 0, 0);
        var dilations = Sizes("dilations", info.Int64s("dilations"u8), 2, 1, 1);
        var pool = hasPools ? Sizes("pool_shape", info.Int64s("pool_shape"u8), 2, 1, null) : [1, 1];
        var group = Sizes("group", [info.Int64("group"u8) ?? 1], 1, 1, null)[0];
        if (info.String("auto_pad"u8) is { } auto and not "NOTSET")
        {
            throw new InvalidDataException($"The attribute auto_pad is '{auto}'; SparseConv takes explicit pads only.");
        }

        var places = (long)kernel[0] * kernel[1];
        if (weights.Columns % places != 0 || weights.Rows % group != 0)
        {
            throw new InvalidDataException(
                $"The weights W are {weights.Rows} x {weights.Columns}; with a {kernel[0]} x {kernel[1]} window and {group} groups their columns are a multiple of {places} and their rows of {group}.");
        }

        return new ConvolutionGeometry(
            checked((int)(weights.Columns / places * group)), group, kernel[0], kernel[1], strides[0], strides[1],
            pads[0], pads[1], pads[2], pads[3], dilations[0], dilations[1], pool[0], pool[1]);
    }

    /// <summary>Rows and columns of the output; unknown where those of the input are, or an attribute makes no sense.</summary>
    public static (ShapeInference.Size Height, ShapeInference.Size Width) Output(
        ShapeInference node, ShapeInference.Size height, ShapeInference.Size width, bool hasPools)
    {
        var kernel = Sizes("kernel_shape", node.Int64s("kernel_shape"u8), 2, 1, null);
        var strides = Sizes("strides", node.Int64s("strides"u8), 2, 1, 1);
        var pads = Sizes("pads", node.Int64s("pads"u8), 4, 0, 0);
        var dilations = Sizes("dilations", node.Int64s("dilations"u8), 2, 1, 1);
        var pool = hasPools ? Sizes("pool_shape", node.Int64s("pool_shape"u8), 2, 1, null) : [1, 1];
        var geometry = new ConvolutionGeometry(
            1, 1, kernel[0], kernel[1], strides[0], strides[1], pads[0], pads[1], pads[2], pads[3], dilations[0], dilations[1], pool[0], pool[1]);
        return (Of(height, geometry.PooledHeight), Of(width, geometry.PooledWidth));

        static ShapeInference.Size Of(ShapeInference.Size size, Func<int, int> output) =>
            size.Known is { } known ? new ShapeInference.Size(output(checked((int)known))) : ShapeInference.Size.Unknown;
    }

    private static int[] Sizes(string name, long[]? given, int count, int least, int? otherwise)
    {
        var values = given ?? (otherwise is { } value ? [.. Enumerable.Repeat((long)value, count)] : []);
        return values.Length == count && values.All(size => size >= least && size <= short.MaxValue)
            ? [.. values.Select(size => (int)size)]
            : throw new InvalidDataException(
                $"The attribute {name} is [{string.Join(", ", values)}]; SparseConv takes {count} whole number(s) from {least} to {short.MaxValue}.");
    }
}
