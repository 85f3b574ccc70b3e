using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// Memory for intermediate results, one block for every thread, kept from call to call: its size is that of the largest layer the thread
/// has worked on, and it is freed with the thread.
/// </summary>
internal sealed unsafe class ThreadScratch
{
    private const nuint CacheLine = 64;

    [ThreadStatic]
    private static ThreadScratch? current;

    private float* memory;
    private long length;

    ~ThreadScratch() => NativeMemory.AlignedFree(memory);

    /// <summary>Room for so many floats, of any value, the calling thread's until it asks again.</summary>
    public static float* Floats(long count)
    {
        var scratch = current ??= new ThreadScratch();
        if (scratch.length < count)
        {
            NativeMemory.AlignedFree(scratch.memory);
            scratch.memory = null;
            scratch.length = 0; // should the next line throw
            scratch.memory = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), CacheLine);
            scratch.length = count;
        }

        return scratch.memory;
    }
}
