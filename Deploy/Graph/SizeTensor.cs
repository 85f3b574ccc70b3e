namespace SparseHybrid.Deploy.Graph;

/// <summary>A small tensor of integers with which a graph computes shapes: of 0, 1 or 2 dimensions, entries known or named.</summary>
/// <param name="Shape">Its own dimensions.</param>
/// <param name="Entries">Row by row.</param>
/// <param name="Origins">Per entry the value whose channels it counts; null for all else.</param>
internal sealed record SizeTensor(long[] Shape, Dimension[] Entries, object?[] Origins)
{
    private const int MostEntries = 64;

    /// <summary>The entries, if every one is a number that no change of channels could change.</summary>
    public long[]? Numbers => Entries.All(entry => entry.Size is not null) && Origins.All(origin => origin is null)
        ? [.. Entries.Select(entry => entry.Size!.Value)]
        : null;

    public static SizeTensor? FromNumbers(long[] shape, long[] values) =>
        shape.Length <= 2 && values.Length <= MostEntries
            ? new SizeTensor(shape, [.. values.Select(value => (Dimension)value)], new object?[values.Length])
            : null;

    /// <summary>A choice of the entries in another shape.</summary>
    public SizeTensor? Pick(long[] shape, IEnumerable<int> indices)
    {
        var chosen = indices.ToList();
        return shape.Length <= 2 && chosen.TrueForAll(index => index >= 0 && index < Entries.Length)
            ? new SizeTensor(shape, [.. chosen.Select(index => Entries[index])], [.. chosen.Select(index => Origins[index])])
            : null;
    }

    public static SizeTensor Join(IReadOnlyList<SizeTensor> parts)
    {
        Dimension[] entries = [.. parts.SelectMany(part => part.Entries)];
        return new SizeTensor([entries.Length], entries, [.. parts.SelectMany(part => part.Origins)]);
    }
}
