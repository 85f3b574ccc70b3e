using SparseHybrid.Deploy.Benchmark.Kernels;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Benchmarks of sparse kernels as lines of text.</summary>
internal static class KernelTable
{
    public static IEnumerable<string> Lines(KernelBenchmarkReport report)
    {
        yield return Format.Invariant(
            $"{report.Environment.Processor}, ONNX Runtime {report.Environment.OnnxRuntime}; one thread multiplies and adds at {report.PeakGigaflops:0} GFLOP/s at best.");
        if (report.ProcessorsUsedByOthers is { } others and >= 0.1)
        {
            yield return Format.Invariant($"Other programs kept {others:0.0} processors busy meanwhile: ratios hold better than times.");
        }

        foreach (var group in report.Layers.GroupBy(layer => (layer.Threads, layer.Batch)))
        {
            yield return string.Empty;
            yield return BenchmarkCells.Title(group.Key.Threads, group.Key.Batch);
            yield return $"{"layer",-24}{"zeros",8}{"dense",10}{"sparse",10}{"speed",8}{"GFLOP/s",9}{"of peak",9}";
            foreach (var line in group.SelectMany(Lines))
            {
                yield return line;
            }
        }

        yield return string.Empty;
        yield return "dense    a run of ONNX Runtime's own layer, whatever its zeros; sparse: of ours; medians";
        yield return "speed    how many times as fast the sparse layer is";
        yield return "GFLOP/s  multiplications and additions with weights that are not zero";
        yield return "pays     from the share of zeros on where both take as long, between two that were measured";
    }

    private static IEnumerable<string> Lines(LayerTiming layer)
    {
        var dense = Format.Microseconds(layer.Dense.MedianMicroseconds);
        foreach (var (timing, isFirst) in layer.Sparse.Select((timing, index) => (timing, index == 0)))
        {
            yield return $"{(isFirst ? layer.Shape.ToString() : string.Empty),-24}{Format.Percent(timing.Zeros),8}{(isFirst ? dense : string.Empty),10}"
                + $"{Format.Microseconds(timing.Latency.MedianMicroseconds),10}{Format.Ratio(layer.Speedup(timing)),8}"
                + Format.Invariant($"{timing.Gigaflops,9:0.0}") + $"{Format.Percent(timing.ShareOfPeak),9}";
        }

        yield return $"{string.Empty,-24}pays {Pays(layer)}";
    }

    private static string Pays(LayerTiming layer) => layer switch
    {
        { BreakEven: { } share } => $"from {Format.Percent(share)} zeros on",
        { IsAlwaysFaster: true } => $"from {Format.Percent(layer.Sparse[0].Zeros)} zeros on, or fewer",
        _ => $"from more than {Format.Percent(layer.Sparse[^1].Zeros)} zeros on, if at all",
    };
}
