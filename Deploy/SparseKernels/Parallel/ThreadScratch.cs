using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// Memory for the intermediate results of one thread, shared by all kernels that run on it, one after the other. It grows to the largest
/// need and is freed when the thread has ended.
/// </summary>
internal sealed unsafe class ThreadScratch
{
    private const nuint CacheLine = 64;

    [ThreadStatic]
    private static ThreadScratch? current;

    private void* memory;
    private long floats;

    private ThreadScratch()
    {
    }

    /// <summary>Frees the memory.</summary>
    ~ThreadScratch() => NativeMemory.AlignedFree(memory);

    /// <summary>That of the calling thread.</summary>
    public static ThreadScratch Current => current ??= new ThreadScratch();

    /// <summary>Names what the memory holds, for whoever may find it unchanged; 0 names nothing.</summary>
    public long Content { get; set; }

    /// <summary>So many floats of the calling thread's, of any value, to write over: what <see cref="Content"/> named is gone.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    public static float* Take(long count)
    {
        var scratch = Current;
        scratch.Content = 0;
        return scratch.Floats(count);
    }

    /// <summary>At least so many floats, at a multiple of 64 bytes, the same as last time where they suffice. New memory is all zeros.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    public float* Floats(long count)
    {
        if (count > floats)
        {
            NativeMemory.AlignedFree(memory);
            memory = null;
            (floats, Content) = (0, 0);
            var bytes = checked((nuint)count * sizeof(float));
            memory = NativeMemory.AlignedAlloc(bytes, CacheLine);
            NativeMemory.Clear(memory, bytes);
            floats = count;
        }

        return (float*)memory;
    }
}
