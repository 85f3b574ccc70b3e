using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>Which whole numbers stand for zero in a tensor of them.</summary>
/// <param name="Numbers">One number, or one for each position along an axis; null: 0.</param>
/// <param name="Axis">That axis, counted from the front.</param>
internal readonly record struct ZeroPoint(TensorProto? Numbers, int Axis)
{
    /// <summary>That of a tensor which a node reads as one of its inputs; 0 for numbers with a fraction.</summary>
    public static ZeroPoint Of(NodeProto node, int input, StoredWeight tensor, ModelConstants constants)
    {
        var rank = tensor.Shape.Count;
        var (place, axis) = node.OpType switch
        {
            "DequantizeLinear" when input == 0 => (2, node.IntOr("axis", 1)),
            "QLinearConv" or "QLinearMatMul" when input is 0 or 3 => (input + 2, rank > 2 ? 0 : 1),
            "ConvInteger" or "MatMulInteger" when input is 0 or 1 => (input + 2, rank > 2 ? 0 : 1),
            _ => (-1, 0),
        };
        return place < 0 ? default : new ZeroPoint(constants.Dense(node.InputOrNull(place)), (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, Math.Max(0, rank - 1)));
    }
}
