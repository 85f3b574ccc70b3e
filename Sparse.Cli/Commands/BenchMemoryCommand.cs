using System.CommandLine;
using System.Text.Json;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Cli.Commands;

/// <summary>The memory that one model takes, measured in this process; for <c>bench</c> to start, not for people.</summary>
internal static class BenchMemoryCommand
{
    public const string Name = "memory";

    private static readonly Argument<string> Question = new("QUESTION") { Description = "What to measure, as JSON." };

    public static Command Create()
    {
        var command = new Command(Name, "Measures the memory that one model takes.") { Question };
        command.Hidden = true;
        command.SetJob((result, terminal, _) => terminal.Json(new MemoryJson(PeakMemory.Measure(Parse(result.GetValue(Question)!)))));
        return command;
    }

    /// <summary>The arguments that ask it a question.</summary>
    public static string[] Arguments(MemoryQuestion question) => ["bench", Name, JsonSerializer.Serialize(question), "--json"];

    private static MemoryQuestion Parse(string json) => JsonSerializer.Deserialize<MemoryQuestion>(json)!;
}
