using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>Folds batch norms into the layers before them: y = g (W x + b - mean) + shift has the weights g W and the bias g (b - mean) + shift.</summary>
/// <remarks>
/// g is scale / sqrt(variance + epsilon), computed in double precision. Only where nothing else reads what the layer computes, and all
/// weights are constant; other batch norms stay. Zeros stay zeros.
/// </remarks>
public static class BatchNormFolding
{
    /// <summary>Folds every batch norm that directly follows a Conv, ConvTranspose or Gemm.</summary>
    /// <param name="model">Not changed.</param>
    /// <returns>A new model; the tensors that stay as they are share their bytes with the given one.</returns>
    public static ModelProto Fold(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var folded = model.Clone();
        if (folded.Graph is not { } graph)
        {
            throw new ArgumentException("The model has no graph.", nameof(model));
        }

        var index = new GraphIndex(graph);
        var editor = new GraphEditor(graph, index);
        var producers = graph.Node.SelectMany(node => node.Output.Select(output => (output, node))).DistinctBy(entry => entry.output)
            .ToDictionary(entry => entry.output, entry => entry.node);
        var removed = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var norm in graph.Node.Where(node => node.OpType == "BatchNormalization" && node.IsStandard()).ToList())
        {
            if (norm.Output.Count == 1 && index.UseCount(norm.Input[0]) == 1 && producers.GetValueOrDefault(norm.Input[0]) is { } layer
                && Affine.TryRead(norm, index) is { } affine && TryFold(layer, affine, index, editor))
            {
                layer.Output[0] = norm.Output[0];
                removed.Add(norm);
            }
        }

        var unread = removed.SelectMany(norm => norm.Input.Skip(1)).ToHashSet();
        editor.Remove(removed, removed.Select(norm => norm.Input[0]).ToHashSet());
        unread.ExceptWith(graph.Node.SelectMany(GraphIndex.Reads));
        GraphEditor.Keep(graph.Initializer, tensor => !unread.Contains(tensor.Name));
        return folded;
    }

    private static bool TryFold(NodeProto layer, Affine affine, GraphIndex index, GraphEditor editor)
    {
        if (!layer.IsStandard() || FloatTensor.TryRead(index.Constant(layer.InputOrNull(1))) is not { } weight
            || OutputAxis(layer, weight) is not { } axis || weight.Shape[axis] != affine.Factors.Length)
        {
            return false;
        }

        var bias = LinearLayer.ReadBias(FloatTensor.TryRead(index.Constant(layer.InputOrNull(2))), affine.Factors.Length);
        if (layer.InputOrNull(2) is not null && bias is null)
        {
            return false;
        }

        var stride = (int)weight.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        var values = weight.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] * affine.Factors[i / stride % affine.Factors.Length]);
        }

        float[] shifts = [.. affine.Factors.Select((factor, output) => (float)(factor * ((bias?[output] ?? 0) - affine.Means[output]) + affine.Shifts[output]))];
        editor.SetInput(layer, 1, Protos.Tensor(weight.Name, weight.Shape, values));
        editor.SetInput(layer, 2, Protos.Tensor($"{LayerName.Of(layer)}.bias", [shifts.Length], shifts));
        return true;
    }

    private static int? OutputAxis(NodeProto layer, FloatTensor weight) => (layer.OpType, weight.Shape.Count) switch
    {
        ("Gemm", 2) when LinearLayer.IsPlainGemm(layer) => layer.IntOr("transB", 0) != 0 ? 0 : 1,
        ("Conv", > 2) => 0,
        ("ConvTranspose", > 2) when layer.IntOr("group", 1) == 1 => 1,
        _ => null,
    };

    /// <summary>What a batch norm does to channel c: Factors[c] (x - Means[c]) + Shifts[c].</summary>
    private sealed record Affine(double[] Factors, float[] Means, float[] Shifts)
    {
        public static Affine? TryRead(NodeProto norm, GraphIndex index)
        {
            var parts = Enumerable.Range(1, 4).Select(input => index.ConstantFloats(norm.InputOrNull(input))).ToList();
            if (norm.IntOr("training_mode", 0) != 0 || parts is not [{ } scale, { } shift, { } mean, { } variance]
                || new[] { shift, mean, variance }.Any(part => part.Length != scale.Length))
            {
                return null;
            }

            var epsilon = (double)norm.FloatOr("epsilon", 1e-5f);
            double[] factors = [.. scale.Zip(variance, (factor, spread) => factor / Math.Sqrt(spread + epsilon))];
            return factors.All(double.IsFinite) ? new Affine(factors, mean, shift) : null;
        }
    }
}
