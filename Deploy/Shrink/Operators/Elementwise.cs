using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>Functions of one entry. Constants of functions that are not evaluated here count as varying.</summary>
internal static class Elementwise
{
    private static readonly Dictionary<string, Func<NodeProto, ChannelGraph, Func<double, double>?>> Functions = new()
    {
        ["Identity"] = Always(x => x),
        ["Dropout"] = (node, _) => node.InputOrNull(2) is null && node.Output.Count == 1 ? x => x : null, // input 2 can switch training on
        ["Relu"] = Always(x => Math.Max(x, 0)),
        ["LeakyRelu"] = (node, _) => x => x >= 0 ? x : x * node.FloatOr("alpha", 0.01f),
        ["ThresholdedRelu"] = (node, _) => x => x > node.FloatOr("alpha", 1) ? x : x <= 0 ? 0 : double.NaN,
        ["Elu"] = (node, _) => x => x >= 0 ? x : node.FloatOr("alpha", 1) * (Math.Exp(x) - 1),
        ["Celu"] = (node, _) => x => x >= 0 ? x : node.FloatOr("alpha", 1) * (Math.Exp(x / node.FloatOr("alpha", 1)) - 1),
        ["Selu"] = (node, _) => x => node.FloatOr("gamma", 1.0507010f) * (x >= 0 ? x : node.FloatOr("alpha", 1.6732632f) * (Math.Exp(x) - 1)),
        ["Sigmoid"] = Always(Sigmoid),
        ["HardSigmoid"] = (node, _) => x => Math.Clamp(node.FloatOr("alpha", 0.2f) * x + node.FloatOr("beta", 0.5f), 0, 1),
        ["HardSwish"] = Always(x => x * Math.Clamp(x / 6 + 0.5, 0, 1)),
        ["Mish"] = Always(x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["Softplus"] = Always(x => x > 30 ? x : Math.Log(1 + Math.Exp(x))),
        ["Softsign"] = Always(x => x / (1 + Math.Abs(x))),
        ["Tanh"] = Always(Math.Tanh),
        ["Exp"] = Always(Math.Exp),
        ["Log"] = Always(Math.Log),
        ["Sqrt"] = Always(Math.Sqrt),
        ["Abs"] = Always(Math.Abs),
        ["Neg"] = Always(x => -x),
        ["Sin"] = Always(Math.Sin),
        ["Cos"] = Always(Math.Cos),
        ["Erf"] = Always(x => x == 0 ? 0 : double.NaN),
        ["Gelu"] = Always(x => x == 0 ? 0 : double.NaN),
        ["Reciprocal"] = Always(_ => double.NaN),
        ["Floor"] = Always(_ => double.NaN), // rounding may fall to either side of a step
        ["Ceil"] = Always(_ => double.NaN),
        ["Round"] = Always(_ => double.NaN),
        ["Sign"] = Always(x => x == 0 ? 0 : double.NaN),
        ["Clip"] = Clip,
    };

    public static ChannelOperator? TryRead(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { } input || Functions[node.OpType](node, graph) is not { } function)
        {
            return null;
        }

        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], input.Shape, input.Axis, (_, value) => function(value)));
    }

    public static IEnumerable<string> Names => Functions.Keys;

    private static Func<NodeProto, ChannelGraph, Func<double, double>?> Always(Func<double, double> function) => (_, _) => function;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Func<double, double>? Clip(NodeProto node, ChannelGraph graph)
    {
        var lowest = node.InputOrNull(1) is { } low ? graph.Scalar(low) : node.FloatOr("min", float.NegativeInfinity);
        var highest = node.InputOrNull(2) is { } high ? graph.Scalar(high) : node.FloatOr("max", float.PositiveInfinity);
        return lowest is null || highest is null ? null : x => Math.Min(Math.Max(x, lowest.Value), highest.Value);
    }
}
