using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>A batch norm in evaluation: every channel times a scale, plus a shift, in double precision.</summary>
/// <param name="Node">The node.</param>
/// <param name="Scale">scale / sqrt(variance + epsilon).</param>
/// <param name="Shift">bias - mean * Scale.</param>
internal sealed record BatchNorm(NodeProto Node, double[] Scale, double[] Shift)
{
    /// <summary>What a node does; null when it is something else, trains, or its parameters are computed.</summary>
    public static BatchNorm? TryRead(NodeProto node, GraphIndex index)
    {
        if (node.OpType != "BatchNormalization" || !node.IsStandard() || node.Input.Count != 5 || node.IntOr("training_mode", 0) != 0
            || node.IntOr("spatial", 1) != 1 || node.Output.Count(name => name.Length > 0) != 1)
        {
            return null;
        }

        var parameters = node.Input.Skip(1).Select(index.ConstantFloats).ToList();
        if (parameters is not [{ } scale, { } bias, { } mean, { } variance] || parameters.Exists(entries => entries!.Length != scale.Length))
        {
            return null;
        }

        double epsilon = node.FloatOr("epsilon", 1e-5f);
        double[] factors = [.. scale.Zip(variance, (factor, square) => factor / Math.Sqrt(square + epsilon))];
        double[] shifts = [.. factors.Select((factor, i) => bias[i] - mean[i] * factor)];
        return factors.Concat(shifts).All(double.IsFinite) ? new BatchNorm(node, factors, shifts) : null;
    }
}
