using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Where the values of a sparse tensor belong.</summary>
internal static class SparsePositions
{
    /// <summary>The row-major positions, strictly ascending and within the shape, one for each value; null when that is not so.</summary>
    public static long[]? TryRead(SparseTensorProto tensor)
    {
        var size = TensorSize.ElementCount(tensor.Dims);
        if (size < 0 || tensor.Values is not { Dims: [var count] } || tensor.Indices is not { } stored || TensorData.TryReadIntegers(stored) is not { } numbers)
        {
            return null;
        }

        var positions = stored.Dims switch
        {
            [var only] when only == count => numbers,
            [var rows, var rank] when rows == count && rank == tensor.Dims.Count => Linear(numbers, tensor.Dims),
            _ => null,
        };
        return positions is not null && IsAscending(positions, size) ? positions : null;
    }

    private static bool IsAscending(long[] positions, long size)
    {
        var last = -1L;
        foreach (var position in positions)
        {
            if (position <= last || position >= size)
            {
                return false;
            }

            last = position;
        }
        return true;
    }

    private static long[]? Linear(long[] coordinates, IReadOnlyList<long> shape)
    {
        var rank = shape.Count;
        var positions = new long[rank == 0 ? 0 : coordinates.Length / rank];
        for (var i = 0; i < coordinates.Length; i++)
        {
            var (row, axis) = (i / rank, i % rank);
            if (coordinates[i] < 0 || coordinates[i] >= shape[axis])
            {
                return null;
            }

            positions[row] = positions[row] * shape[axis] + coordinates[i];
        }
        return positions;
    }
}
