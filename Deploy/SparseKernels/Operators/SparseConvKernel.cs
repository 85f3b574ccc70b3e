namespace SparseHybrid.Kernels;

/// <summary>
/// <c>SparseConv</c>: Y = act(X * W + B) with X [N, C, H, W], W packed [M, C / group * kH * kW], B [M] (may be left out),
/// Y [N, M, H', W']. Attributes: those of <see cref="ConvAttributes"/>, <c>activation</c> ("" or "Relu") and <c>outputs</c> (M, so that
/// sizes are known while a model is loaded).
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

    public static CustomOperator Operator { get; } = new(
        "SparseConv",
        [OperatorInput.Floats, OperatorInput.Bytes, OperatorInput.OptionalFloats],
        info =>
        {
            var layer = LayerParameters.Read(info);
            return new SparseConvKernel(layer, ConvAttributes.Read(info, layer.Weights));
        },
        InferShape);

    public override void Compute(KernelContext context)
    {
        var x = context.Input(0, out var shape);
        if (shape.Rank != 4 || shape[1] != geometry.Channels)
        {
            throw new ArgumentException(
                $"The input X is [{string.Join(", ", shape.AsSpan().ToArray())}]; the weights ask for [N, {geometry.Channels}, H, W].");
        }

        var (batch, height, width) = (checked((int)shape[0]), checked((int)shape[2]), checked((int)shape[3]));
        var (outputHeight, outputWidth) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        if (outputHeight < 1 || outputWidth < 1)
        {
            throw new ArgumentException($"The input X is {height} x {width}; the window does not fit in it.");
        }

        var y = context.Output(0, [batch, outputs, outputHeight, outputWidth]);
        if (batch > 0)
        {
            convolution.Run(x, batch, height, width, y, context.Threads);
        }
    }

    /// <summary>Nothing: the convolution's memory is the garbage collector's.</summary>
    public override void Dispose() { }

    private static void InferShape(ShapeInference node)
    {
        if (node.Input(0) is [var batch, _, var height, var width])
        {
            var (outputHeight, outputWidth) = ConvAttributes.Output(node, height, width);
            node.SetOutput([batch, LayerShape.Outputs(node), outputHeight, outputWidth]);
        }
    }
}
