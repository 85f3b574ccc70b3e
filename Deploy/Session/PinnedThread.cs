using System.Runtime.InteropServices;

namespace SparseHybrid.Deploy.Session;

/// <summary>Keeps the thread that made it on one processor, until it is disposed on the same thread. Linux only.</summary>
internal sealed partial class PinnedThread : IDisposable
{
    private const int MostProcessors = 1024; // the size of cpu_set_t
    private const int CallingThread = 0;

    private readonly ulong[] before;

    private PinnedThread(ulong[] before) => this.before = before;

    /// <summary>The processors that the calling thread may use.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static IReadOnlyList<int> Allowed()
    {
        var mask = Mask();
        return [.. Enumerable.Range(0, MostProcessors).Where(processor => (mask[processor / 64] >> processor % 64 & 1) != 0)];
    }

    /// <param name="processor">One of <see cref="Allowed"/>.</param>
    public static PinnedThread To(int processor)
    {
        var before = Mask();
        var mask = new ulong[MostProcessors / 64];
        mask[processor / 64] = 1UL << processor % 64;
        Set(mask);
        return new PinnedThread(before);
    }

    /// <inheritdoc/>
    public void Dispose() => Set(before);

    private static ulong[] Mask()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Threads are kept on processors on Linux only.");
        }

        var mask = new ulong[MostProcessors / 64];
        return GetAffinity(CallingThread, MostProcessors / 8, mask) == 0 ? mask : throw new InvalidOperationException("The system does not say which processors may be used.");
    }

    private static void Set(ulong[] mask)
    {
        if (SetAffinity(CallingThread, MostProcessors / 8, mask) != 0)
        {
            throw new InvalidOperationException("The system does not let this thread have its processor.");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint bytes, [Out] ulong[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint bytes, ulong[] mask);
}
