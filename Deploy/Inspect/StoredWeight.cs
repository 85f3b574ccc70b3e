using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>A tensor of a model as it is stored: dense, sparse or packed, of numbers or of whole numbers that stand for numbers.</summary>
internal sealed class StoredWeight
{
    private readonly Func<ZeroPoint, IEnumerable<long>?> nonzeros;

    private StoredWeight(string name, IReadOnlyList<long> shape, bool isFloating, long bytes, Func<ZeroPoint, IEnumerable<long>?> nonzeros)
    {
        (Name, Shape, IsFloating, Bytes) = (name, shape, isFloating, bytes);
        this.nonzeros = nonzeros;
    }

    public string Name { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>Whether its entries are numbers with a fraction.</summary>
    public bool IsFloating { get; }

    /// <summary>The bytes that it takes in the model.</summary>
    public long Bytes { get; }

    public long Entries => TensorSize.ElementCount(Shape);

    /// <summary>A dense tensor.</summary>
    public static StoredWeight Of(TensorProto tensor) =>
        new(tensor.Name, tensor.Dims, TensorEntries.IsFloating(tensor), TensorSize.RawBytes(tensor) ?? 0, zero => TensorEntries.Nonzeros(tensor, zero));

    /// <summary>A tensor of values and their positions.</summary>
    public static StoredWeight Of(SparseTensorProto tensor) => new(
        tensor.Values.Name, tensor.Dims, TensorEntries.IsFloating(tensor.Values),
        (TensorSize.RawBytes(tensor.Values) ?? 0) + (tensor.Indices is { } indices ? BytesOf(indices) : 0), _ => Nonzeros(tensor));

    /// <summary>Whole numbers that are not raw take a byte for every seven bits.</summary>
    private static long BytesOf(TensorProto indices) => indices.HasRawData ? TensorSize.RawBytes(indices) ?? 0 : indices.CalculateSize();

    /// <summary>The weights of a sparse kernel; null when they are not such.</summary>
    /// <param name="tensor">The packed bytes.</param>
    /// <param name="kernel">Sizes of the kernel, which the columns run through; none for a linear layer.</param>
    public static StoredWeight? OfPacked(TensorProto tensor, IReadOnlyList<long> kernel)
    {
        try
        {
            var matrix = PackedWeights.Unpack(tensor.RawData.Span);
            var places = TensorSize.ElementCount(kernel);
            return places > 0 && matrix.Columns % places == 0
                ? new StoredWeight(tensor.Name, [matrix.Rows, matrix.Columns / places, .. kernel], true, tensor.RawData.Length, _ => Nonzeros(matrix))
                : null;
        }
        catch (InvalidDataException)
        {
            return null; // what is wrong with it is the kernel's to say
        }
    }

    /// <summary>The row-major positions of the entries that are not zero, ascending; null when the type is not one that can be read.</summary>
    public IEnumerable<long>? Nonzeros(ZeroPoint zero) => nonzeros(zero);

    private static IEnumerable<long>? Nonzeros(SparseTensorProto tensor) =>
        SparsePositions.TryRead(tensor) is { } positions && TensorEntries.Nonzeros(tensor.Values, default) is { } stored ? stored.Select(i => positions[i]) : null;

    private static IEnumerable<long> Nonzeros(SparseMatrix matrix)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
            {
                yield return (long)row * matrix.Columns + matrix.ColumnIndices[i];
            }
        }
    }
}
