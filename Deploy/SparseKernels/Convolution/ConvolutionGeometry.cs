namespace SparseHybrid.Kernels;

/// <summary>
/// How the window of a two-dimensional convolution lies on its input, the names meaning what they mean in ONNX's Conv, and how its results
/// are pooled: the greatest of each pool, pools side by side, without those that would reach beyond the last row or column.
/// </summary>
/// <param name="Channels">Channels of the input, all groups together, at least 1.</param>
/// <param name="Group">Groups, a divisor of the channels in and out.</param>
/// <param name="KernelHeight">Rows of the window, at least 1.</param>
/// <param name="KernelWidth">Columns of the window, at least 1.</param>
/// <param name="StrideHeight">Rows from one place of the window to the next, at least 1.</param>
/// <param name="StrideWidth">Columns from one place of the window to the next, at least 1.</param>
/// <param name="PadTop">Rows of zeros above the input, 0 or more.</param>
/// <param name="PadLeft">Columns of zeros left of it.</param>
/// <param name="PadBottom">Rows of zeros below it.</param>
/// <param name="PadRight">Columns of zeros right of it.</param>
/// <param name="DilationHeight">Rows from one entry of the window to the next, at least 1.</param>
/// <param name="DilationWidth">Columns from one entry of the window to the next, at least 1.</param>
/// <param name="PoolHeight">Rows of a pool, at least 1.</param>
/// <param name="PoolWidth">Columns of a pool, at least 1; 1 x 1 is no pooling.</param>
internal sealed record ConvolutionGeometry(
    int Channels,
    int Group,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight = 1,
    int StrideWidth = 1,
    int PadTop = 0,
    int PadLeft = 0,
    int PadBottom = 0,
    int PadRight = 0,
    int DilationHeight = 1,
    int DilationWidth = 1,
    int PoolHeight = 1,
    int PoolWidth = 1)
{
    /// <summary>Columns of the weights: channels of one group times the places of the window.</summary>
    public int WeightColumns => Channels / Group * KernelHeight * KernelWidth;

    /// <summary>Whether results are pooled.</summary>
    public bool HasPools => (PoolHeight, PoolWidth) != (1, 1);

    /// <summary>A window of one pixel that lies on every pixel of the input once, and no pooling.</summary>
    public bool IsPointwise => !HasPools && (KernelHeight, KernelWidth, StrideHeight, StrideWidth, PadTop + PadLeft + PadBottom + PadRight) == (1, 1, 1, 1, 0);

    /// <summary>Rows of the convolution for an input of so many; less than 1 where the window does not fit.</summary>
    public int OutputHeight(int height) => Output(height, KernelHeight, StrideHeight, PadTop + PadBottom, DilationHeight);

    /// <summary>Columns of the convolution for an input of so many; less than 1 where the window does not fit.</summary>
    public int OutputWidth(int width) => Output(width, KernelWidth, StrideWidth, PadLeft + PadRight, DilationWidth);

    /// <summary>Rows of the output, pooled; less than 1 where no window or no pool fits.</summary>
    public int PooledHeight(int height) => OutputHeight(height) / PoolHeight;

    /// <summary>Columns of the output, pooled; less than 1 where no window or no pool fits.</summary>
    public int PooledWidth(int width) => OutputWidth(width) / PoolWidth;

    private static int Output(int size, int kernel, int stride, int pads, int dilation)
    {
        var free = (long)size + pads - ((long)dilation * (kernel - 1)) - 1;
        return free < 0 ? 0 : checked((int)(free / stride) + 1);
    }
}
