using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>
/// What a computation takes: of one that the calling thread does alone the time that a processor spent on it, where the system tells
/// (Linux), so that other programs which had the processor in between do not count; of all others the time that passes.
/// </summary>
internal sealed partial class WorkClock
{
    private const int OfCallingThread = 3; // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)

    private static readonly bool CanTell = OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetTime(OfCallingThread, out _) == 0;

    private readonly bool ofThread;

    private WorkClock(bool ofThread) => this.ofThread = ofThread;

    /// <summary>The clock for work that a number of threads share.</summary>
    public static WorkClock For(int threads) => new(threads == 1 && CanTell);

    /// <summary>The time since a moment that does not matter.</summary>
    public TimeSpan Now => ofThread && GetTime(OfCallingThread, out var time) == 0
        ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out SystemTime time);

    private readonly record struct SystemTime(long Seconds, long Nanoseconds);
}
