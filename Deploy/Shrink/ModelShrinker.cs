using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>Removes from a model the channels that do nothing, without changing what it computes.</summary>
/// <remarks>
/// A channel (an output feature of Gemm or MatMul, an output channel of a convolution, and what elementwise operators, sums and
/// concatenations make of it) goes when its value never changes, the constant moving into the next bias, or when nothing needed
/// reads it. Channels that are added up stay or go together. In front of a convolution with padding, where a bias cannot take
/// over a constant, one constant channel stays and stands in for the others. A concatenation loses inputs that have no channel
/// left, a sum those that are constant. The graph's inputs and outputs keep their shapes and every value at least one channel.
/// Operators that are not understood, and the channels that they read, are left as they are.
/// </remarks>
public static class ModelShrinker
{
    /// <summary>Shrinks until nothing changes. Constants are folded in double precision; all other weights keep their bits.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The model has no graph, or the options are out of range.</exception>
    public static ShrinkResult Shrink(ModelProto model, ShrinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ShrinkOptions();
        options.Validate();
        if (model.Graph is null)
        {
            throw new ArgumentException("The model has no graph.", nameof(model));
        }

        var shrunk = SparseTensors.ToDense(model);
        if (OperatorSet(model) is not { } operatorSet)
        {
            return new ShrinkResult(shrunk, [], 0);
        }

        var channels = new ChannelGraph(shrunk.Graph, operatorSet);
        var before = Layers(channels).Select(layer => (layer.Node, Name: LayerName.Of(layer.Node), Layer: layer)).ToList();
        var readBefore = ReadConstants.In(shrunk.Graph);
        var rounds = 0;
        for (var (size, last) = (Size(channels), long.MaxValue); size < last && RemoveChannels(channels, options.RoundTo);)
        {
            channels = new ChannelGraph(shrunk.Graph, operatorSet);
            (size, last) = (Size(channels), size);
            rounds += size < last ? 1 : 0;
        }

        ReadConstants.RemoveUnread(shrunk.Graph, readBefore);

        var after = Layers(channels).ToDictionary(layer => (object)layer.Node, ReferenceEqualityComparer.Instance);
        var layers = before.Select(entry => Compare(entry.Name, entry.Layer, after.GetValueOrDefault(entry.Node)));
        return new ShrinkResult(shrunk, [.. layers], rounds);
    }

    /// <summary>The layers of a model as they are, the same before and after.</summary>
    internal static IReadOnlyList<LayerShrinkage> Layers(ModelProto model) => OperatorSet(model) is { } operatorSet
        ? [.. Layers(new ChannelGraph(SparseTensors.ToDense(model).Graph, operatorSet)).Select(layer => Compare(LayerName.Of(layer.Node), layer, layer))]
        : [];

    /// <summary>The version of the standard operators; null when it is one that is not understood.</summary>
    private static long? OperatorSet(ModelProto model) =>
        OperatorSets.Version(model) is >= OperatorSets.Oldest and var version ? version : null;

    private static bool RemoveChannels(ChannelGraph channels, int roundTo)
    {
        var selection = new ChannelSelection(channels, roundTo);
        var editor = new GraphEditor(channels.Graph, channels.Index);
        var removed = channels.Graph.Node.Where(node => !selection.Live.Contains(node) && !GraphIndex.IsConstant(node))
            .ToHashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var step in channels.Operators.Where(step => selection.Live.Contains(step.Node)))
        {
            step.Rewrite(selection, editor);
        }

        var changed = channels.Values.Where(value => !selection.KeepsAll(value)).Select(value => value.Name);
        editor.Remove(removed, changed.Concat(removed.SelectMany(node => node.Output)).ToHashSet());
        return editor.HasChanged;
    }

    /// <summary>Entries of the tensors that are read, and nodes: a round that does not make it smaller is the last.</summary>
    private static long Size(ChannelGraph channels) => channels.Graph.Node.Count
        + channels.Graph.Initializer.Where(tensor => channels.Index.UseCount(tensor.Name) > 0).Sum(TensorData.ElementCount);

    private static IEnumerable<LinearLayer> Layers(ChannelGraph channels) => channels.Operators.OfType<LinearOperator>().Select(step => step.Layer);

    private static LayerShrinkage Compare(string name, LinearLayer before, LinearLayer? after) =>
        new(name, before.Operator, before.Outputs, after?.Outputs ?? 0, before.ParameterCount, after?.ParameterCount ?? 0, before.WeightCount, before.ZeroCount, before.WeightName);
}
