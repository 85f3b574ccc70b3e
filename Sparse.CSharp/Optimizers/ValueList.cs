using System.Collections;

namespace SparseHybrid.Optimizers;

/// <summary>A list that equals another one with the same entries, so that records which hold it compare by value.</summary>
internal sealed class ValueList<T>(IEnumerable<T> entries) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] entries = [.. entries];

    public int Count => entries.Length;

    public T this[int index] => entries[index];

    public bool Equals(ValueList<T>? other) => other is not null && entries.SequenceEqual(other.entries);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        Array.ForEach(entries, hash.Add);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", entries)}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
