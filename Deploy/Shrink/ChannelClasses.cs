namespace SparseHybrid.Deploy.Shrink;

/// <summary>Which channels of which values stay or go together: disjoint sets that can be joined (union-find).</summary>
internal sealed class ChannelClasses
{
    private readonly List<int> parents = [];

    public int Count => parents.Count;

    /// <summary>New channels, each in a class of its own.</summary>
    public int[] Add(int count)
    {
        var first = parents.Count;
        parents.AddRange(Enumerable.Range(first, count));
        return [.. Enumerable.Range(first, count)];
    }

    /// <summary>The number that stands for a channel's class.</summary>
    public int Find(int channel)
    {
        while (parents[channel] != channel)
        {
            channel = parents[channel] = parents[parents[channel]]; // halving the path keeps it short
        }
        return channel;
    }

    public void Join(int first, int second) => parents[Find(second)] = Find(first);
}
