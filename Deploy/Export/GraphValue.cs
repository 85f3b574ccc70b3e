namespace SparseHybrid.Deploy.Export;

/// <summary>A value that flows through a graph under construction: its name, and its shape without the batch dimension in front.</summary>
internal sealed record GraphValue(string Name, long[] Shape)
{
    /// <summary>The number of dimensions, the batch included.</summary>
    public int Rank => Shape.Length + 1;

    /// <summary>The number of entries of one sample.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
