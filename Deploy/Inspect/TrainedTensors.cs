using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>Tells what was trained from what a graph needs besides: running statistics, scales, sizes, bounds.</summary>
internal static class TrainedTensors
{
    /// <summary>The tensors that count as parameters, each once, with the positions of the entries that are not zero.</summary>
    public static IEnumerable<(StoredWeight Tensor, IEnumerable<long> Nonzeros)> Find(GraphProto graph, ModelConstants constants)
    {
        var seen = new HashSet<StoredWeight>();
        foreach (var node in graph.Node)
        {
            for (var input = 0; input < node.Input.Count; input++)
            {
                var stored = input == 1 ? constants.Packed(node) ?? constants.Find(node.Input[1]) : constants.Find(node.InputOrNull(input));
                if (stored is { } tensor && IsTrained(node, input, tensor) && seen.Add(tensor)
                    && tensor.Nonzeros(ZeroPoint.Of(node, input, tensor, constants)) is { } nonzeros)
                {
                    yield return (tensor, nonzeros);
                }
            }
        }
    }

    private static bool IsTrained(NodeProto node, int input, StoredWeight tensor) => node.OpType switch
    {
        "BatchNormalization" => input is 1 or 2, // behind them come mean and variance
        "DequantizeLinear" => input == 0,
        "QuantizeLinear" => false,
        "Resize" or "Upsample" => input == 0,
        "QLinearConv" or "QLinearMatMul" => input is 0 or 3 or 8,
        "ConvInteger" or "MatMulInteger" => input is 0 or 1,
        _ => tensor.IsFloating && tensor.Shape.Count > 0, // single numbers are settings: exponents, bounds
    };
}
