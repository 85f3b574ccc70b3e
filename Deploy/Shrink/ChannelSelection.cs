using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>Chooses the channels that stay: those that are needed, and as few others as the format and the settings ask for.</summary>
internal sealed class ChannelSelection
{
    private readonly ChannelGraph channels;
    private readonly bool[] keptClasses;
    private readonly Dictionary<LinearOperator, int> anchors = [];
    private readonly Dictionary<ChannelValue, IReadOnlyList<int>> keptPositions = [];

    public ChannelSelection(ChannelGraph channels, int roundTo)
    {
        this.channels = channels;
        keptClasses = new bool[channels.Classes.Count];
        foreach (var value in channels.Values)
        {
            for (var position = 0; position < value.Count; position++)
            {
                if (value.Needed[position])
                {
                    Keep(value, position);
                }
            }
        }

        var layers = channels.Operators.OfType<LinearOperator>().ToList();
        layers.ForEach(KeepAnchor);
        var wereLive = LiveNodes(node => GraphIndex.Reads(node), []);
        var neverLive = channels.Graph.Node.Where(node => !wereLive.Contains(node)).SelectMany(node => node.Output).ToList();
        do
        {
            Live = LiveNodes(Reads, neverLive);
        }
        while (KeepOneOfEach() | layers.Count(layer => Live.Contains(layer.Node) && RoundUp(layer.Output, roundTo)) > 0);
    }

    /// <summary>The nodes that the graph's outputs still depend on, and those that never mattered.</summary>
    public HashSet<NodeProto> Live { get; }

    /// <summary>The positions of a value that stay, in their order.</summary>
    public IReadOnlyList<int> Kept(ChannelValue value)
    {
        if (!keptPositions.TryGetValue(value, out var positions))
        {
            keptPositions[value] = positions = [.. Enumerable.Range(0, value.Count).Where(position => IsKept(value, position))];
        }
        return positions;
    }

    public bool KeepsAll(ChannelValue value) => Kept(value).Count == value.Count;

    public bool KeepsAny(ChannelValue value) => Enumerable.Range(0, value.Count).Any(position => IsKept(value, position));

    public bool IsKept(ChannelValue value, int position) => keptClasses[channels.Classes.Find(value.Channels[position])];

    /// <summary>The input of a layer that stands in for all its constant inputs that no bias can take over.</summary>
    public int Anchor(LinearOperator layer) => anchors[layer];

    private bool Keep(ChannelValue value, int position)
    {
        ref var kept = ref keptClasses[channels.Classes.Find(value.Channels[position])];
        var isNew = !kept;
        kept = true;
        return isNew;
    }

    /// <summary>
    /// Constants that a padded convolution reads have to be kept, but one is enough: another constant acts like it, with weights
    /// scaled by the ratio. It should not be much smaller than those it stands in for, so that rounding stays small.
    /// </summary>
    private void KeepAnchor(LinearOperator layer)
    {
        const double smallestShare = 0.25;
        if (layer.Input is not { } input)
        {
            return;
        }

        var open = Enumerable.Range(0, input.Count).Where(position => layer.NeedsStandIn(position) && !IsKept(input, position)).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var anchor = open.MaxBy(Size);
        var atHand = Enumerable.Range(0, input.Count).Where(position => input.IsConstant(position) && IsKept(input, position)).ToList();
        if (atHand.Count > 0 && atHand.MaxBy(Size) is var largest && Size(largest) >= smallestShare * Size(anchor))
        {
            anchor = largest;
        }

        Keep(input, anchor);
        anchors[layer] = anchor;

        double Size(int position) => Math.Abs(input.Constants[position]);
    }

    /// <summary>A value has at least one channel.</summary>
    private bool KeepOneOfEach()
    {
        var empty = channels.Operators.Where(step => Live.Contains(step.Node)).SelectMany(step => step.Outputs)
            .Where(value => value.HasChannels && !KeepsAny(value)).ToList();
        return empty.Count(value => Keep(value, 0)) > 0;
    }

    private bool RoundUp(ChannelValue value, int multiple)
    {
        var kept = Enumerable.Range(0, value.Count).Count(position => IsKept(value, position));
        var added = false;
        for (var position = 0; position < value.Count && kept % multiple != 0; position++)
        {
            if (Keep(value, position))
            {
                added = true;
                kept = Enumerable.Range(0, value.Count).Count(other => IsKept(value, other)); // a class may hold several
            }
        }
        return added;
    }

    private IEnumerable<string> Reads(NodeProto node) =>
        node.Output.Select(channels.Producer).FirstOrDefault(step => step is not null)?.Reads(this) ?? GraphIndex.Reads(node);

    private HashSet<NodeProto> LiveNodes(Func<NodeProto, IEnumerable<string>> reads, IEnumerable<string> alsoNeeded)
    {
        var needed = channels.Graph.Output.Select(output => output.Name).Concat(alsoNeeded).ToHashSet();
        var live = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var node in channels.Graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            live.Add(node);
            needed.UnionWith(reads(node));
        }
        return live;
    }
}
