using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>A tensor of a model as it is stored: dense or sparse, of numbers or of whole numbers that stand for numbers.</summary>
internal sealed class StoredWeight
{
    private readonly TensorProto? dense;
    private readonly SparseTensorProto? sparse;

    public StoredWeight(TensorProto dense) => this.dense = dense;

    public StoredWeight(SparseTensorProto sparse) => this.sparse = sparse;

    public string Name => (dense ?? sparse!.Values).Name;

    public IReadOnlyList<long> Shape => dense?.Dims ?? sparse!.Dims;

    public long Entries => TensorSize.ElementCount(Shape);

    /// <summary>Whether its entries are numbers with a fraction.</summary>
    public bool IsFloating => TensorEntries.IsFloating(dense ?? sparse!.Values);

    /// <summary>The bytes that it takes in the model.</summary>
    public long Bytes => dense is not null ? TensorSize.RawBytes(dense) ?? 0 : (TensorSize.RawBytes(sparse!.Values) ?? 0) + (TensorSize.RawBytes(sparse.Indices) ?? 0);

    /// <summary>The row-major positions of the entries that are not zero, ascending; null when the type is not one that can be read.</summary>
    public IEnumerable<long>? Nonzeros(ZeroPoint zero) => dense is not null
        ? TensorEntries.Nonzeros(dense, zero)
        : SparsePositions.TryRead(sparse!) is { } positions && TensorEntries.Nonzeros(sparse!.Values, default) is { } stored ? stored.Select(i => positions[i]) : null;
}
