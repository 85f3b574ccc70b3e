namespace SparseHybrid.Kernels;

/// <summary>The weights of one channel of the output.</summary>
/// <param name="offsets">Where each finds its inputs, in floats.</param>
/// <param name="values">The weights.</param>
/// <param name="count">How many.</param>
/// <param name="bias">What the sum starts from.</param>
/// <param name="relu">A negative sum becomes 0.</param>
internal readonly unsafe struct WeightRow(int* offsets, float* values, int count, float bias, bool relu)
{
    public readonly int* Offsets = offsets;
    public readonly float* Values = values;
    public readonly int Count = count;
    public readonly float Bias = bias;
    public readonly bool Relu = relu;
}
