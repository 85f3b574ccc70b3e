using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>Copies of a few floats, for which a call of the system's copy would take longer than the copy.</summary>
internal static unsafe class ShortCopy
{
    /// <summary>Copies so many floats between places that do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Floats(float* source, int count, float* target)
    {
        for (; count >= 8; count -= 8, source += 8, target += 8)
        {
            Vector256.Load(source).Store(target);
        }

        if (count >= 4)
        {
            Vector128.Load(source).Store(target);
            count -= 4;
            source += 4;
            target += 4;
        }

        for (; count > 0; count--)
        {
            *target++ = *source++;
        }
    }
}
