using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>What an operator that treats each unit on its own does to a unit of constant value.</summary>
/// <param name="InputIndex">Which of its inputs carries the units.</param>
/// <param name="MapConstant">From (unit, value) to value; NaN stands for "not constant", on both sides.</param>
/// <param name="Parameters">Its inputs with an entry per unit.</param>
/// <param name="OutputRank">The number of dimensions of its output.</param>
internal sealed record UnitwiseStep(
    int InputIndex, Func<int, double, double> MapConstant, IReadOnlyList<UnitParameter> Parameters, int OutputRank);

/// <summary>The operators that treat each unit on its own. Understanding another one is one more line in the table.</summary>
internal static class UnitwiseOperators
{
    private delegate UnitwiseStep? Reader(NodeProto node, int rank, GraphIndex graph);

    private static readonly Dictionary<string, Reader> Readers = new()
    {
        ["Identity"] = Elementwise(value => value),
        ["Dropout"] = Dropout,
        ["Relu"] = Elementwise(value => Math.Max(value, 0)),
        ["LeakyRelu"] = (node, rank, _) => Step(rank, value => value >= 0 ? value : value * node.FloatOr("alpha", 0.01f)),
        ["Sigmoid"] = Elementwise(value => 1 / (1 + Math.Exp(-value))),
        ["Tanh"] = Elementwise(Math.Tanh),
        ["BatchNormalization"] = BatchNormalization,
        ["Add"] = Add,
        ["MaxPool"] = MaxPool,
        ["AveragePool"] = AveragePool,
        ["GlobalAveragePool"] = Elementwise(value => value),
        ["GlobalMaxPool"] = Elementwise(value => value),
        ["Flatten"] = Flatten,
    };

    /// <summary>How to pass units through a node; null when it mixes them or uses a feature that is not understood.</summary>
    /// <remarks><paramref name="rank"/> is that of the value that carries the units along its dimension 1.</remarks>
    public static UnitwiseStep? TryRead(NodeProto node, int rank, GraphIndex graph) =>
        node.IsStandard() && Readers.TryGetValue(node.OpType, out var read) ? read(node, rank, graph) : null;

    private static Reader Elementwise(Func<double, double> map) => (_, rank, _) => Step(rank, map);

    private static UnitwiseStep Step(int rank, Func<double, double> map) => new(0, (_, value) => map(value), [], rank);

    private static UnitwiseStep? Dropout(NodeProto node, int rank, GraphIndex graph) =>
        node.InputOrNull(2) is null && node.Output.Count == 1 ? Step(rank, value => value) : null; // input 2 can switch training on

    private static UnitwiseStep? BatchNormalization(NodeProto node, int rank, GraphIndex graph)
    {
        var vectors = Enumerable.Range(1, 4).Select(index => graph.ConstantFloats(node.InputOrNull(index))).ToArray();
        if (vectors is not [{ } scale, { } shift, { } mean, { } variance] || node.Output.Count != 1 || node.IntOr("training_mode", 0) != 0)
        {
            return null;
        }

        if (vectors.Any(vector => vector!.Length != scale.Length))
        {
            return null;
        }

        var epsilon = node.FloatOr("epsilon", 1e-5f);
        return new UnitwiseStep(
            0,
            (unit, value) => scale[unit] == 0
                ? shift[unit] // whatever comes in
                : (value - mean[unit]) / Math.Sqrt((double)variance[unit] + epsilon) * scale[unit] + shift[unit],
            [.. Enumerable.Range(1, 4).Select(index => new UnitParameter(node, index, 0))],
            rank);
    }

    private static UnitwiseStep? Add(NodeProto node, int rank, GraphIndex graph)
    {
        var constantIndex = graph.Constant(node.InputOrNull(1)) is not null ? 1 : 0;
        if (graph.Constant(node.InputOrNull(constantIndex)) is not { } tensor || TensorData.TryReadFloats(tensor) is not { } values)
        {
            return null;
        }

        var axis = tensor.Dims.Count - rank + 1; // where dimension 1 of the value meets the tensor, aligned at the last one
        if (axis < 0 || axis >= tensor.Dims.Count || tensor.Dims[axis] != values.Length)
        {
            return null;
        }

        return new UnitwiseStep(
            1 - constantIndex, (unit, value) => value + values[unit], [new UnitParameter(node, constantIndex, axis)], rank);
    }

    private static UnitwiseStep? MaxPool(NodeProto node, int rank, GraphIndex graph) =>
        // A window in the overhang of ceil_mode may be empty; what it holds then is not ours to say.
        node.Output.Count == 1 ? Step(rank, value => node.IntOr("ceil_mode", 0) == 0 ? value : double.NaN) : null;

    private static UnitwiseStep? AveragePool(NodeProto node, int rank, GraphIndex graph)
    {
        var countsZeros = node.IntOr("count_include_pad", 0) != 0;
        var keepsConstants = !countsZeros && node.IntOr("ceil_mode", 0) == 0;
        return Step(rank, value => keepsConstants || value == 0 ? value : double.NaN);
    }

    private static UnitwiseStep? Flatten(NodeProto node, int rank, GraphIndex graph) =>
        node.IntOr("axis", 1) == 1 ? Step(2, value => value) : null; // each unit becomes a run of neighbouring features
}
