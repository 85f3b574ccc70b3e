namespace SparseHybrid.Kernels;

/// <summary>
/// <c>SparseConv</c>: Y = act(X * W + B) with X [N, C, H, W], W packed [M, C / group * kH * kW], B [M] (may be left out),
/// Y [N, M, H', W']. Attributes: those of <see cref="ConvAttributes"/>, <c>activation</c> ("" or "Relu") and <c>outputs</c> (M, so that
/// sizes are known while a model is loaded). <c>SparseConvMaxPool</c>: the same, and of that the greatest of each pool, pools side by side
/// without those that would reach beyond the last row or column; its attribute <c>pool_shape</c> says their rows and columns.
/// </summary>
internal sealed unsafe class SparseConvKernel : Kernel
{
    private readonly ConvolutionGeometry geometry;
    private readonly int outputs;
    private readonly SparseConvolution convolution;

    private SparseConvKernel(LayerParameters layer, ConvolutionGeometry geometry)
    {
        (this.geometry, outputs) = (geometry, layer.Weights.Rows);
        convolution = new SparseConvolution(layer.Weights, layer.Bias, layer.Relu, geometry, VectorLevels.Best);
    }

    public static CustomOperator Conv { get; } = Operator("SparseConv", hasPools: false);

    public static CustomOperator ConvMaxPool { get; } = Operator("SparseConvMaxPool", hasPools: true);

    public override void Compute(KernelContext context)
    {
        var x = context.Input(0, out var shape);
        if (shape.Rank != 4 || shape[1] != geometry.Channels)
        {
            throw new ArgumentException(
                $"The input X is [{string.Join(", ", shape.AsSpan().ToArray())}]; the weights ask for [N, {geometry.Channels}, H, W].");
        }

        var (batch, height, width) = (checked((int)shape[0]), checked((int)shape[2]), checked((int)shape[3]));
        var (outputHeight, outputWidth) = (geometry.PooledHeight(height), geometry.PooledWidth(width));
        if (outputHeight < 1 || outputWidth < 1)
        {
            var what = geometry.OutputHeight(height) < 1 || geometry.OutputWidth(width) < 1 ? "window" : "pool";
            throw new ArgumentException($"The input X is {height} x {width}; the {what} does not fit in it.");
        }

        var y = context.Output(0, [batch, outputs, outputHeight, outputWidth]);
        if (batch > 0)
        {
            convolution.Run(x, batch, height, width, y, context.Threads);
        }
    }

    /// <summary>Nothing: the convolution's memory is the garbage collector's.</summary>
    public override void Dispose() { }

    private static CustomOperator Operator(string name, bool hasPools) => new(
        name,
        [OperatorInput.Floats, OperatorInput.Bytes, OperatorInput.OptionalFloats],
        info =>
        {
            var layer = LayerParameters.Read(info);
            return new SparseConvKernel(layer, ConvAttributes.Read(info, layer.Weights, hasPools));
        },
        node => InferShape(node, hasPools));

    private static void InferShape(ShapeInference node, bool hasPools)
    {
        if (node.Input(0) is [var batch, _, var height, var width])
        {
            var (outputHeight, outputWidth) = ConvAttributes.Output(node, height, width, hasPools);
            node.SetOutput([batch, LayerShape.Outputs(node), outputHeight, outputWidth]);
        }
    }
}
