using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Sizes and element type of a tensor, without memory of its own on the heap.</summary>
internal unsafe struct TensorShape
{
    public const int LargestRank = 16;

    private Sizes sizes;

    public int Rank { get; private set; }

    /// <summary>ONNX Runtime's number of the type: 1 float32, 2 uint8.</summary>
    public int ElementType { get; private set; }

    public readonly long this[int dimension] => sizes[dimension];

    /// <summary>The first <see cref="Rank"/> of them count.</summary>
    [UnscopedRef]
    public Span<long> AsSpan() => ((Span<long>)sizes)[..Rank];

    /// <exception cref="InvalidDataException">The tensor has more than <see cref="LargestRank"/> dimensions.</exception>
    public static TensorShape Of(nint value)
    {
        nint info;
        OrtApi.Check(OrtApi.GetTensorTypeAndShape(value, &info));
        try
        {
            return OfInfo(info);
        }
        finally
        {
            OrtApi.ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    /// <summary>The same of ONNX Runtime's description; -1 for sizes that it does not know.</summary>
    public static TensorShape OfInfo(nint info)
    {
        nuint rank;
        int type;
        OrtApi.Check(OrtApi.GetDimensionsCount(info, &rank));
        OrtApi.Check(OrtApi.GetTensorElementType(info, &type));
        if (rank > LargestRank)
        {
            throw new InvalidDataException($"A tensor has {rank} dimensions; sparse kernels take up to {LargestRank}.");
        }

        var shape = new TensorShape { Rank = (int)rank, ElementType = type };
        OrtApi.Check(OrtApi.GetDimensions(info, (long*)&shape.sizes, rank));
        return shape;
    }

    [InlineArray(LargestRank)]
    private struct Sizes
    {
        private long first;
    }
}
