using System.Diagnostics;
using SparseHybrid.Data;
using TorchSharp;

namespace SparseHybrid.Benchmark;

/// <summary>One batch, again and again, that notes when it is asked for: what passes between two readings is one step.</summary>
/// <param name="inputs">Borrowed.</param>
/// <param name="labels">Borrowed.</param>
/// <param name="count">How many times.</param>
internal sealed class TimedBatches(torch.Tensor inputs, torch.Tensor labels, int count) : IBatchSource, IEpochBatches
{
    private readonly List<(TimeSpan Clock, TimeSpan Processor)> marks = new(count + 1);

    public int BatchesPerEpoch => count;

    /// <summary>Time of each step by the clock.</summary>
    public IEnumerable<TimeSpan> StepTimes => marks.Zip(marks.Skip(1), (start, end) => end.Clock - start.Clock);

    /// <summary>Time that all threads of the process spent on each step.</summary>
    public IEnumerable<TimeSpan> ProcessorTimes => marks.Zip(marks.Skip(1), (start, end) => end.Processor - start.Processor);

    public IEpochBatches OpenEpoch(int epoch) => this;

    public Batch Read(int index)
    {
        Mark();
        return new Batch(inputs.alias(), labels.alias());
    }

    /// <summary>The epoch's last step is done.</summary>
    public void Dispose() => Mark();

    private void Mark() => marks.Add((Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime));
}
