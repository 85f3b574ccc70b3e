using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>What a Slice node takes of one axis.</summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Entry">Its place in the node's lists of starts, ends, axes and steps.</param>
/// <param name="Start">The first position; negative ones count from the end.</param>
/// <param name="End">The position behind the last.</param>
/// <param name="Step">From one to the next, not 0.</param>
internal sealed record SliceRange(int Axis, int Entry, long Start, long End, long Step)
{
    /// <summary>The positions that are taken of an axis of this size.</summary>
    public IEnumerable<int> Positions(long size)
    {
        var start = Math.Clamp(Start < 0 ? Start + size : Start, Step > 0 ? 0 : -1, Step > 0 ? size : size - 1);
        var end = Math.Clamp(End < 0 ? End + size : End, Step > 0 ? 0 : -1, Step > 0 ? size : size - 1);
        for (var position = start; Step > 0 ? position < end : position > end; position += Step)
        {
            yield return (int)position;
        }
    }

    /// <summary>The ranges of a Slice node of a value with so many dimensions; null when they are not known.</summary>
    public static IReadOnlyList<SliceRange>? TryRead(NodeProto node, int rank, Func<string?, long[]?> integers)
    {
        var hasAttributes = node.Find("starts") is not null; // until operator set 9
        var starts = hasAttributes ? [.. node.IntsOrEmpty("starts")] : integers(node.InputOrNull(1));
        var ends = hasAttributes ? [.. node.IntsOrEmpty("ends")] : integers(node.InputOrNull(2));
        if (starts is null || ends?.Length != starts.Length)
        {
            return null;
        }

        var axes = hasAttributes ? [.. node.IntsOrEmpty("axes")] : node.InputOrNull(3) is { } name ? integers(name) : [];
        var steps = node.InputOrNull(4) is { } last ? integers(last) : [];
        axes = axes is [] ? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)] : axes;
        steps = steps is [] ? [.. Enumerable.Repeat(1L, starts.Length)] : steps;
        if (axes?.Length != starts.Length || steps?.Length != starts.Length || steps.Contains(0))
        {
            return null;
        }

        var ranges = starts.Select((start, i) => new SliceRange((int)(axes[i] < 0 ? axes[i] + rank : axes[i]), i, start, ends[i], steps[i])).ToList();
        var areApart = ranges.DistinctBy(range => range.Axis).Count() == ranges.Count;
        return areApart && ranges.TrueForAll(range => range.Axis >= 0 && range.Axis < rank) ? ranges : null;
    }
}
