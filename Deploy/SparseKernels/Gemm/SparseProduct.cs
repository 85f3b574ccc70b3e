namespace SparseHybrid.Kernels;

/// <summary>Y = act(X W^T + bias) for X [batch, columns] and sparse W [rows, columns], ready to run.</summary>
internal sealed unsafe class SparseProduct(SparseMatrix weights, float[]? bias, bool relu) : IDisposable
{
    /// <summary>Computes Y [batch, rows].</summary>
    public void Run(float* x, int batch, float* y, IParallel parallel)
    {
        for (var sample = 0; sample < batch; sample++)
        {
            Run(x + ((long)sample * weights.Columns), y + ((long)sample * weights.Rows));
        }
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private void Run(float* x, float* y)
    {
        for (var row = 0; row < weights.Rows; row++)
        {
            var sum = bias is null ? 0f : bias[row];
            for (var i = weights.RowStarts[row]; i < weights.RowStarts[row + 1]; i++)
            {
                sum += weights.Values[i] * x[weights.ColumnIndices[i]];
            }

            y[row] = relu ? Lanes1.Relu(sum) : sum;
        }
    }
}
