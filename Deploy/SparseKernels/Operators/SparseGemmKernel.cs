namespace SparseHybrid.Kernels;

/// <summary>
/// <c>SparseGemm</c>: Y = act(X W^T + B) with X [N, K], W packed [M, K], B [M] (may be left out), Y [N, M]. Attributes, all of which may
/// be left out: <c>activation</c> ("" or "Relu"), <c>outputs</c> (M, so that sizes are known while a model is loaded).
/// <c>SparseMatMul</c>: the same over the last dimension of an X of any rank of at least 1, [..., K], to Y [..., M].
/// </summary>
internal sealed unsafe class SparseGemmKernel : Kernel
{
    private readonly SparseMatrix weights;
    private readonly SparseProduct product;
    private readonly bool anyRank;

    private SparseGemmKernel(LayerParameters layer, bool anyRank)
    {
        weights = layer.Weights;
        product = new SparseProduct(layer.Weights, layer.Bias, layer.Relu, VectorLevels.Best);
        this.anyRank = anyRank;
    }

    public static CustomOperator Gemm { get; } = Operator("SparseGemm", anyRank: false);

    public static CustomOperator MatMul { get; } = Operator("SparseMatMul", anyRank: true);

    public override void Compute(KernelContext context)
    {
        var x = context.Input(0, out var shape);
        Check(ref shape);
        var sizes = shape.AsSpan();
        var batch = 1L;
        foreach (var size in sizes[..^1])
        {
            batch = checked(batch * size);
        }

        sizes[^1] = weights.Rows;
        var y = context.Output(0, sizes);
        if (batch > 0)
        {
            product.Run(x, checked((int)batch), y, context.Threads);
        }
    }

    public override void Dispose() => product.Dispose();

    private void Check(ref TensorShape shape)
    {
        if ((anyRank ? shape.Rank < 1 : shape.Rank != 2) || shape[shape.Rank - 1] != weights.Columns)
        {
            var expected = anyRank ? $"[..., {weights.Columns}]" : $"[N, {weights.Columns}]";
            throw new ArgumentException($"The input X is [{string.Join(", ", shape.AsSpan().ToArray())}]; the weights ask for {expected}.");
        }
    }

    private static CustomOperator Operator(string name, bool anyRank) => new(
        name,
        [OperatorInput.Floats, OperatorInput.Bytes, OperatorInput.OptionalFloats],
        info => new SparseGemmKernel(LayerParameters.Read(info), anyRank),
        InferShape);

    private static void InferShape(ShapeInference node)
    {
        if (node.Input(0) is { Length: > 0 } sizes)
        {
            sizes[^1] = LayerShape.Outputs(node);
            node.SetOutput(sizes);
        }
    }
}
