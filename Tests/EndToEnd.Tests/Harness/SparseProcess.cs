using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>The built command line, run as a user runs it: a process of its own.</summary>
public sealed partial class SparseProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private SparseProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The command line of this build.</summary>
    public static string Program { get; } = Built("Sparse.Cli", "sparse.dll");

    /// <summary>A file in the output folder of a project, of the same configuration as these tests.</summary>
    public static string Built(string project, string file)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/EndToEnd.Tests/release
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, file);
    }

    /// <summary>Standard output so far.</summary>
    public string Output => Read(output);

    /// <summary>Standard error so far.</summary>
    public string Error => Read(error);

    /// <summary>The number that the system knows the process by.</summary>
    public int Id => process.Id;

    /// <summary>Starts the command line.</summary>
    public static SparseProcess Start(params string[] arguments) => new(Program, arguments, null);

    /// <summary>Starts the command line with some variables of the environment set, or with null removed.</summary>
    public static SparseProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => new(Program, arguments, environment);

    /// <summary>Starts any .NET program.</summary>
    public static SparseProcess StartProgram(string program, params string[] arguments) => new(program, arguments, null);

    /// <summary>Runs the command line to its end.</summary>
    public static Result Run(params string[] arguments) => RunProgram(Program, null, arguments);

    /// <summary>Runs any .NET program to its end.</summary>
    public static Result RunProgram(string program, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        using var process = new SparseProcess(program, arguments, environment);
        return process.Wait();
    }

    /// <summary>Waits until standard output holds a text.</summary>
    public void WaitForOutput(string text) => WaitFor(text, () => Output);

    /// <summary>Waits until standard error holds a text.</summary>
    public void WaitForError(string text) => WaitFor(text, () => Error);

    /// <summary>Sends a signal.</summary>
    public void Signal(int number) => Assert.Equal(0, Kill(process.Id, number));

    /// <summary>Waits for the end.</summary>
    public Result Wait()
    {
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end in three minutes:\n{Output}\n{Error}");
        }

        process.WaitForExit(); // and for the last of its output
        return new Result(process.ExitCode, Output, Error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void WaitFor(string text, Func<string> written)
    {
        var patience = Stopwatch.StartNew();
        while (!written().Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, $"It ended before it printed '{text}':\n{Output}\n{Error}");
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), $"It did not print '{text}' in time:\n{Output}\n{Error}");
            Thread.Sleep(20);
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    /// <summary>What a process left behind.</summary>
    public sealed record Result(int ExitStatus, string Output, string Error)
    {
        /// <summary>The object on the last line of standard output, which must be the only line.</summary>
        public JsonElement Json
        {
            get
            {
                var lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                Assert.True(lines.Length == 1, $"Standard output must be one line of JSON:\n{Output}\n{Error}");
                using var document = JsonDocument.Parse(lines[0]);
                return document.RootElement.Clone();
            }
        }

        /// <summary>Asserts that all went well.</summary>
        public Result Done()
        {
            Assert.True(ExitStatus == 0, $"Exit status {ExitStatus}:\n{Output}\n{Error}");
            return this;
        }

        /// <summary>Asserts a refusal: this exit status, at most two lines on standard error, no trace, nothing on standard output.</summary>
        public Result Refused(int exitStatus, params string[] expectedWords)
        {
            Assert.True(ExitStatus == exitStatus, $"Exit status {ExitStatus}, expected {exitStatus}:\n{Output}\n{Error}");
            Assert.InRange(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 2);
            Assert.DoesNotContain("   at ", Error);
            Assert.DoesNotContain("bug in sparse", Error);
            Assert.All(expectedWords, word => Assert.Contains(word, Error));
            return this;
        }
    }
}
