using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The entries of a CPU tensor in row-major order, whatever its strides. Keeps the tensor from being collected.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool isContiguous;
    private torch.Tensor tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        isContiguous = tensor.is_contiguous();
        Count = shape.TotalSize();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>One index: the position in row-major order. Otherwise one per dimension.</summary>
    public T this[params long[] indices]
    {
        get
        {
            T value = *Address(indices);
            GC.KeepAlive(tensor);
            return value;
        }

        set
        {
            *Address(indices) = value;
            GC.KeepAlive(tensor);
        }
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public T[] ToArray()
    {
        T[] array = new T[Count];
        CopyTo(array);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies from <paramref name="tensorIndex"/> on, as many entries as there are and fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        int count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (isContiguous)
        {
            new ReadOnlySpan<T>(First() + tensorIndex, count).CopyTo(target);
        }
        else
        {
            T* first = First();
            for (int i = 0; i < count; i++)
            {
                target[i] = first[Offset(tensorIndex + i)];
            }
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Overwrites the entries from <paramref name="tensorIndex"/> on, as many as are given and fit.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(source.Length, Count - tensorIndex);
        T* first = First();
        for (int i = 0; i < count && !isContiguous; i++)
        {
            first[Offset(tensorIndex + i)] = source[i];
        }

        if (isContiguous)
        {
            source[..count].CopyTo(new Span<T>(first + tensorIndex, count));
        }

        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => tensor is null ? 0 : tensor.GetHashCode();

    /// <summary>Lets go of the tensor, which is not disposed.</summary>
    public void Dispose() => tensor = null;

    private T* First()
    {
        ObjectDisposedException.ThrowIf(tensor is null, this);
        return (T*)tensor.DataPointer();
    }

    private T* Address(long[] indices)
    {
        if (indices.Length != 1 && indices.Length != shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices were given for {shape.Length} dimensions.", nameof(indices));
        }

        long position = indices[0];
        for (int i = 1; i < indices.Length; i++)
        {
            position = (position * shape[i]) + indices[i];
        }

        if (position < 0 || position >= Count)
        {
            throw new IndexOutOfRangeException($"Index {string.Join(", ", indices)} is outside a tensor of shape [{string.Join(", ", shape)}].");
        }

        return First() + (isContiguous ? position : Offset(position));
    }

    /// <summary>Where in memory the entry at a row-major position is.</summary>
    private long Offset(long position)
    {
        long offset = 0;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (position, long index) = Math.DivRem(position, shape[i]);
            offset += index * strides[i];
        }

        return offset;
    }
}
