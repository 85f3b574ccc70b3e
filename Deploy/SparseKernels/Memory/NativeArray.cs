using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>Numbers that never move, at the start of a cache line, for compute kernels to point at. Disposing frees them.</summary>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    /// <summary>All zeros.</summary>
    public NativeArray(int length)
    {
        var bytes = (nuint)Math.Max(length, 1) * (nuint)sizeof(T);
        Pointer = (T*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(Pointer, bytes);
        Length = length;
    }

    /// <summary>A copy.</summary>
    public NativeArray(ReadOnlySpan<T> values)
        : this(values.Length) => values.CopyTo(Span);

    ~NativeArray() => Free();

    /// <summary>Where they are; nothing once disposed.</summary>
    public T* Pointer { get; private set; }

    /// <summary>How many.</summary>
    public int Length { get; }

    /// <summary>The numbers.</summary>
    public Span<T> Span => new(Pointer, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
