using System.Runtime.InteropServices;

namespace SparseHybrid.Training;

/// <summary>
/// While one of these lives, the C library keeps what is freed for the next allocation. Every training step allocates the
/// same large tensors; given back to the system and taken anew, their pages would be zeroed and mapped at every step, which
/// costs up to a fifth of it. Afterwards the C library gives memory back again. Counts as one for the whole process, and
/// does nothing where the C library is not glibc.
/// </summary>
internal sealed partial class ReusedMemory : IDisposable
{
    // Parameters of mallopt(3).
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int MmapMax = -4;

    private static readonly Lock Counting = new();
    private static int living;

    private bool disposed;

    private ReusedMemory()
    {
    }

    /// <summary>From now on, until it is disposed.</summary>
    public static ReusedMemory Begin()
    {
        lock (Counting)
        {
            if (living++ == 0)
            {
                TrySet((TrimThreshold, -1), (MmapMax, 0)); // -1: nothing is given back; 0: no block comes straight from the system
            }
        }

        return new ReusedMemory();
    }

    public void Dispose()
    {
        lock (Counting)
        {
            if (!disposed && --living == 0 && TrySet(
                // The thresholds that glibc comes to by itself in a process that frees large blocks.
                (MmapThreshold, 32 << 20), (TrimThreshold, 64 << 20), (MmapMax, 65_536)))
            {
                malloc_trim(0);
            }

            disposed = true;
        }
    }

    private static bool TrySet(params ReadOnlySpan<(int Parameter, int Value)> settings)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            foreach (var (parameter, value) in settings)
            {
                mallopt(parameter, value);
            }

            return true;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return false; // another C library, such as musl
        }
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);
}
