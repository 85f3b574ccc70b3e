using System.Diagnostics;
using System.Text.Json;
using SparseHybrid.Cli.Commands;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy;
using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Cli.Processes;

/// <summary>Measures each model's memory in this program started once more.</summary>
internal sealed class ChildMemoryMeter : IMemoryMeter
{
    public long? Measure(MemoryQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var child = Process.Start(OwnProgram.With(BenchMemoryCommand.Arguments(question)))!;
        using var stop = cancellationToken.Register(() => child.Kill());
        var errors = child.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<MemoryJson>(output, JsonSerializerOptions.Web)!.PeakMemoryBytes
            : throw new BenchmarkException(
                $"The memory of '{question.Model}' could not be measured.",
                ChildEnd.Describe(child.ExitCode, errors.GetAwaiter().GetResult()),
                "Leave it out with --memory off.");
    }
}
