using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>Normalisation of each channel by itself.</summary>
internal static class Normalization
{
    public static ChannelOperator? Batch(NodeProto node, ChannelGraph graph)
    {
        var vectors = Enumerable.Range(1, 4).Select(i => graph.Floats(node.InputOrNull(i))?.Values.ToArray()).ToArray();
        if (vectors is not [{ } scale, { } shift, { } mean, { } variance] || node.Output.Count != 1 || node.IntOr("training_mode", 0) != 0)
        {
            return null;
        }

        if (graph.Value(node.Input[0]) is not { } input || !Fits(input, vectors!))
        {
            return null;
        }

        var epsilon = node.FloatOr("epsilon", 1e-5f);
        var output = input.Carry(node.Output[0], input.Shape, input.Axis, (i, value) => scale[i] == 0
            ? shift[i] // whatever comes in
            : (value - mean[i]) / Math.Sqrt((double)variance[i] + epsilon) * scale[i] + shift[i]);
        return new UnitwiseOperator(node, input, output, 1, 2, 3, 4);
    }

    public static ChannelOperator? Instance(NodeProto node, ChannelGraph graph)
    {
        var vectors = Enumerable.Range(1, 2).Select(i => graph.Floats(node.InputOrNull(i))?.Values.ToArray()).ToArray();
        if (vectors is not [{ } scale, { } shift] || graph.Value(node.Input[0]) is not { } input || !Fits(input, vectors!))
        {
            return null;
        }

        // Of other constants the mean leaves a rounding error, which the division by the small deviation would blow up.
        var output = input.Carry(node.Output[0], input.Shape, input.Axis, (i, value) => scale[i] == 0 || value == 0 ? shift[i] : double.NaN);
        return new UnitwiseOperator(node, input, output, 1, 2);
    }

    private static bool Fits(ChannelValue input, float[][] vectors) =>
        !input.HasChannels || (input.Axis == 1 && vectors.All(vector => vector.Length == input.Count));
}
