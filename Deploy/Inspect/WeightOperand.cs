using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>The weight that a node reads: a tensor of the model, perhaps converted on the way.</summary>
/// <param name="Stored">The tensor.</param>
/// <param name="IsTurned">Whether the node reads its rows as columns.</param>
/// <param name="ZeroPoint">Of whole numbers those that stand for zero.</param>
internal sealed record WeightOperand(StoredWeight Stored, bool IsTurned, ZeroPoint ZeroPoint)
{
    private const int MostConversions = 8;

    /// <summary>Reads the first or second factor of a node (0 or 1), in its forms on numbers and on whole numbers; null when it is none of the model's tensors.</summary>
    public static WeightOperand? TryRead(NodeProto node, int factor, ModelConstants constants) => node.OpType switch
    {
        "QLinearConv" or "QLinearMatMul" => Direct(node, 3 * factor, constants),
        "ConvInteger" or "MatMulInteger" => Direct(node, factor, constants),
        _ => Converted(node.InputOrNull(factor), constants, MostConversions),
    };

    private static WeightOperand? Direct(NodeProto node, int input, ModelConstants constants) =>
        constants.Find(node.InputOrNull(input)) is { } stored ? new WeightOperand(stored, false, ZeroPoint.Of(node, input, stored, constants)) : null;

    private static WeightOperand? Converted(string? name, ModelConstants constants, int conversions)
    {
        if (constants.Find(name) is { } stored)
        {
            return stored.IsFloating ? new WeightOperand(stored, false, default) : null;
        }

        var maker = conversions > 0 ? constants.Producer(name) : null;
        return maker?.OpType switch
        {
            "Identity" or "Cast" => Converted(maker.InputOrNull(0), constants, conversions - 1),
            "Transpose" when maker.IntsOrEmpty("perm") is [] or [1, 0] && Converted(maker.InputOrNull(0), constants, conversions - 1) is { } found =>
                found with { IsTurned = !found.IsTurned },
            "DequantizeLinear" => Direct(maker, 0, constants),
            _ => null,
        };
    }
}
