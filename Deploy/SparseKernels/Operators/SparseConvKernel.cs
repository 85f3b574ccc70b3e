namespace SparseHybrid.Kernels;

/// <summary>
/// <c>SparseConv</c>: Y = act(X * W + B) with X [N, C, H, W], W packed [M, C / group * kH * kW], B [M] (may be left out),
/// Y [N, M, H', W']. Attributes: those of <see cref="ConvAttributes"/>, <c>activation</c> ("" or "Relu") and <c>outputs</c> (M, so that
/// sizes are known while a model is loaded). <c>SparseConvMaxPool</c>: the same, and of that the greatest of each pool, pools side by side
/// without those that would reach beyond the last row or column; its attribute <c>pool_shape</c> says their rows and columns.
/// <c>SparseConvAdd</c>: Y = act(X * W + B + R) with a third input R before B, of the output's sizes.
/// </summary>
internal sealed unsafe class SparseConvKernel : Kernel
{
    private readonly ConvolutionGeometry geometry;
    private readonly int outputs;
    private readonly bool hasAddend;
    private readonly SparseConvolution convolution;

    private SparseConvKernel(LayerParameters layer, ConvolutionGeometry geometry, bool hasAddend)
    {
        (this.geometry, outputs, this.hasAddend) = (geometry, layer.Weights.Rows, hasAddend);
        convolution = new SparseConvolution(layer.Weights, layer.Bias, layer.Relu, geometry, VectorLevels.Best);
    }

    public static CustomOperator Conv { get; } = Operator("SparseConv", hasPools: false);

    public static CustomOperator ConvMaxPool { get; } = Operator("SparseConvMaxPool", hasPools: true);

    public static CustomOperator ConvAdd { get; } = new(
        "SparseConvAdd",
        [OperatorInput.Floats, OperatorInput.Bytes, OperatorInput.Floats, OperatorInput.OptionalFloats],
        info => Create(info, hasPools: false, hasAddend: true),
        node => InferShape(node, hasPools: false));

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

        ReadOnlySpan<long> sizes = [batch, outputs, outputHeight, outputWidth];
        var addend = hasAddend ? ReadAddend(context, sizes) : null;
        var y = context.Output(0, sizes);
        if (batch > 0)
        {
            convolution.Run(x, batch, height, width, addend, y, context.Threads);
        }
    }

    /// <summary>Nothing: the convolution's memory is the garbage collector's.</summary>
    public override void Dispose() { }

    private static float* ReadAddend(KernelContext context, ReadOnlySpan<long> sizes)
    {
        var addend = context.Input(2, out var shape);
        return shape.AsSpan().SequenceEqual(sizes)
            ? addend
            : throw new ArgumentException(
                $"The input R is [{string.Join(", ", shape.AsSpan().ToArray())}]; it is added to [{string.Join(", ", sizes.ToArray())}] and must be as large.");
    }

    private static CustomOperator Operator(string name, bool hasPools) => new(
        name,
        [OperatorInput.Floats, OperatorInput.Bytes, OperatorInput.OptionalFloats],
        info => Create(info, hasPools, hasAddend: false),
        node => InferShape(node, hasPools));

    private static SparseConvKernel Create(KernelInfo info, bool hasPools, bool hasAddend)
    {
        var layer = LayerParameters.Read(info, biasInput: hasAddend ? 3 : 2);
        return new SparseConvKernel(layer, ConvAttributes.Read(info, layer.Weights, hasPools), hasAddend);
    }

    private static void InferShape(ShapeInference node, bool hasPools)
    {
        if (node.Input(0) is [var batch, _, var height, var width])
        {
            var (outputHeight, outputWidth) = ConvAttributes.Output(node, height, width, hasPools);
            node.SetOutput([batch, LayerShape.Outputs(node), outputHeight, outputWidth]);
        }
    }
}
