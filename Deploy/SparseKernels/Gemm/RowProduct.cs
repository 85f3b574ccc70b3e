using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>One sample times sparse rows, on processors without a way to pick from windows: row by row, in four sums that do not wait for one another.</summary>
internal sealed unsafe class RowProduct : ISampleProduct
{
    private readonly NativeArray<int> starts;
    private readonly NativeArray<int> columns;
    private readonly NativeArray<float> values;
    private readonly NativeArray<float> bias;
    private readonly bool relu;

    /// <summary>Copies what it needs.</summary>
    public RowProduct(SparseMatrix matrix, ReadOnlySpan<float> bias, bool relu)
    {
        starts = new NativeArray<int>(matrix.RowStarts);
        columns = new NativeArray<int>(matrix.ColumnIndices);
        values = new NativeArray<float>(matrix.Values);
        this.bias = new NativeArray<float>(bias);
        this.relu = relu;
    }

    /// <inheritdoc/>
    public int FewSamples => 1;

    /// <inheritdoc/>
    public ReadOnlySpan<int> WorkBefore => starts.Span;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* x, float* y, int firstGroup, int endGroup)
    {
        for (var row = firstGroup; row < endGroup; row++)
        {
            var sum = bias.Pointer[row] + Dot(x, starts.Pointer[row], starts.Pointer[row + 1]);
            y[row] = relu ? Lanes1.Relu(sum) : sum;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        starts.Dispose();
        columns.Dispose();
        values.Dispose();
        bias.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Dot(float* x, int start, int end)
    {
        var value = values.Pointer + start;
        var column = columns.Pointer + start;
        var (a, b, c, d) = (0f, 0f, 0f, 0f);
        var left = end - start;
        for (; left >= 4; left -= 4, value += 4, column += 4)
        {
            a = float.MultiplyAddEstimate(value[0], x[column[0]], a);
            b = float.MultiplyAddEstimate(value[1], x[column[1]], b);
            c = float.MultiplyAddEstimate(value[2], x[column[2]], c);
            d = float.MultiplyAddEstimate(value[3], x[column[3]], d);
        }

        for (; left > 0; left--, value++, column++)
        {
            a = float.MultiplyAddEstimate(*value, x[*column], a);
        }

        return a + b + (c + d);
    }
}
