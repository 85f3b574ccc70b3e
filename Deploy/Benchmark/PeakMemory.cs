using System.Globalization;
using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>
/// The most main memory (resident set) that loading a model and running it a few times adds to this process. What the process
/// held before, ONNX Runtime itself included, does not count: a tiny model is run first. Memory of a GPU does not count either.
/// </summary>
/// <remarks>Call it in a process that does nothing else: memory that was freed before is used again, and would not be seen.</remarks>
public static class PeakMemory
{
    private const int Runs = 3;
    private const string Status = "/proc/self/status";

    /// <summary>Measures.</summary>
    /// <returns>Bytes; null where the system does not tell (it does on Linux).</returns>
    /// <exception cref="ModelFileException">The file cannot be read or run.</exception>
    /// <exception cref="ProviderException">ONNX Runtime or the execution provider is not available.</exception>
    public static long? Measure(MemoryQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (!File.Exists(Status))
        {
            return null;
        }

        RunTinyModel(question);
        GC.Collect();
        StartAnew();
        var before = KibibytesOf("VmRSS");
        Run(question);
        return Math.Max(0, KibibytesOf("VmHWM") - before) * 1024;
    }

    private static void Run(MemoryQuestion question)
    {
        using var session = ModelSession.Load(question.Model, new SessionSettings(question.Provider, question.Threads, question.SampleShape));
        var shape = session.InputShape(question.Batch);
        using var run = session.Prepare(new float[shape.Aggregate(1L, (product, size) => product * size)], question.Batch);
        for (var i = 0; i < Runs; i++)
        {
            run.Run();
        }
    }

    private static void RunTinyModel(MemoryQuestion question)
    {
        var graph = new GraphProto { Name = "tiny" };
        graph.Input.Add(Protos.BatchedValue("input", "batch", [1]));
        graph.Output.Add(Protos.BatchedValue("output", "batch", [1]));
        graph.Node.Add(Protos.Node("Relu", "relu", ["input"], ["output"]));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, model.ToByteArray());
            Run(question with { Model = file, SampleShape = null });
        }
        finally
        {
            File.Delete(file);
        }
    }

    // proc(5): writing 5 makes the present size the peak. Where that is not allowed the peak so far is small: little has run.
    private static void StartAnew()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static long KibibytesOf(string key)
    {
        var line = File.ReadLines(Status).First(line => line.StartsWith($"{key}:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1], CultureInfo.InvariantCulture);
    }
}
