using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>One kernel in a benchmark: a session of a model of one layer, bound to its memory. Owns both.</summary>
internal sealed class KernelContestant : IDisposable
{
    private const int FewestWarmUpRuns = 3;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(20);

    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions runOptions = new();
    private readonly OrtValue output;
    private readonly List<double> microseconds = [];
    private int runsPerTurn;

    public KernelContestant(byte[] model, float[] input, long[] inputShape, int threads)
    {
        using var options = new SessionSettings(Threads: threads).ToSessionOptions();
        session = new InferenceSession(model, options);
        binding = session.CreateIoBinding();
        using var x = Allocate(inputShape); // by ONNX Runtime, as what layers of a network hand on to one another
        input.CopyTo(x.GetTensorMutableDataAsSpan<float>());
        binding.BindInput(session.InputNames[0], x);
        using var sample = session.Run(runOptions, session.InputNames, [x], session.OutputNames);
        output = Allocate(sample[0].GetTensorTypeAndShape().Shape);
        binding.BindOutput(session.OutputNames[0], output);
        Run();
    }

    /// <summary>What it makes of the input.</summary>
    public float[] Output => output.GetTensorDataAsSpan<float>().ToArray();

    public LatencySummary Latency => LatencySummary.Of(microseconds);

    /// <summary>Runs untimed, then finds how many runs fill a turn of the given length.</summary>
    public void WarmUp(double secondsPerTurn)
    {
        var (start, runs) = (Stopwatch.GetTimestamp(), 0);
        while (runs < FewestWarmUpRuns || Stopwatch.GetElapsedTime(start) < WarmUpTime)
        {
            Run();
            runs++;
        }

        runsPerTurn = (int)Math.Max(1, secondsPerTurn / (Stopwatch.GetElapsedTime(start).TotalSeconds / runs));
    }

    public void TakeTurn()
    {
        Run(); // the others have used the caches since
        for (var i = 0; i < runsPerTurn; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Run();
            microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }

    private static OrtValue Allocate(long[] shape) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);

    private void Run() => session.RunWithBinding(runOptions, binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        output.Dispose();
        runOptions.Dispose();
        session.Dispose();
    }
}
