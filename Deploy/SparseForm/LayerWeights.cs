using SparseHybrid.Deploy.Graph;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>The weights of a layer as a matrix, a row an output, wherever the tensor keeps them.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="IsTransposed">The tensor has a column an output: [inputs, outputs].</param>
/// <param name="Scale">What every entry is multiplied with: the alpha of a Gemm.</param>
internal sealed record LayerWeights(FloatTensor Tensor, bool IsTransposed, float Scale = 1)
{
    /// <summary>Outputs.</summary>
    public int Rows => (int)Tensor.Shape[IsTransposed ? 1 : 0];

    /// <summary>Inputs of an output, the places of a window included.</summary>
    public int Columns => (int)(Tensor.Values.Length / Math.Max(1, Rows));

    /// <summary>Weights, zeros included.</summary>
    public long Count => Tensor.Values.Length;

    /// <summary>Zeros among them, before scaling.</summary>
    public long Zeros { get; } = MemoryExtensions.Count(Tensor.Values, 0f);

    /// <summary>Whether every weight is a finite number.</summary>
    public bool AreFinite()
    {
        foreach (var value in Tensor.Values)
        {
            if (!float.IsFinite(value * Scale))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The matrix without its zeros.</summary>
    public SparseMatrix ToSparse()
    {
        if (!IsTransposed && Scale == 1)
        {
            return SparseMatrix.FromDense(Tensor.Values, Rows, Columns);
        }

        var values = Tensor.Values;
        var rows = new float[values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                rows[(row * Columns) + column] = Scale * values[IsTransposed ? (column * Rows) + row : (row * Columns) + column];
            }
        }

        return SparseMatrix.FromDense(rows, Rows, Columns);
    }
}
