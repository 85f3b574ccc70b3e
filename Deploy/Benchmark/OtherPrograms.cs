using System.Diagnostics;
using System.Globalization;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>How many processors other programs keep busy, from the system's own counts (proc(5), /proc/stat).</summary>
internal sealed class OtherPrograms
{
    private const string Counts = "/proc/stat";

    private readonly ProcessorTicks? before = Read();
    private readonly TimeSpan ownBefore = OwnTime();
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>Processors that others kept busy since this was made: 0.5 is half of one. Null where the system does not tell.</summary>
    public double? Processors()
    {
        if (before is not { } then || Read() is not { } now || now.All <= then.All)
        {
            return null;
        }

        var busy = (double)(now.Busy - then.Busy) / (now.All - then.All) * now.Processors;
        var own = (OwnTime() - ownBefore) / Stopwatch.GetElapsedTime(start);
        return Math.Max(0, busy - own);
    }

    private static TimeSpan OwnTime()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }

    private static ProcessorTicks? Read() => File.Exists(Counts) ? Parse(File.ReadLines(Counts)) : null;

    /// <summary>The counts in the lines of /proc/stat; null if they are not there.</summary>
    internal static ProcessorTicks? Parse(IEnumerable<string> lines)
    {
        var processors = lines.TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal)).ToList();
        if (processors.Count < 2)
        {
            return null;
        }

        var ticks = processors[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        // user nice system idle iowait irq softirq steal; guests are within user
        var (all, idle) = (ticks.Take(8).Sum(), ticks[3] + ticks[4]);
        return new ProcessorTicks(all - idle, all, processors.Count - 1);
    }

    /// <param name="Busy">Ticks that all processors together spent working.</param>
    /// <param name="All">The same with idle ones.</param>
    /// <param name="Processors">How many there are.</param>
    internal readonly record struct ProcessorTicks(long Busy, long All, int Processors);
}
