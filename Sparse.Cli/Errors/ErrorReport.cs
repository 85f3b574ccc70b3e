using System.Reflection;
using System.Runtime.InteropServices;
using SparseHybrid.Cli.Doctor;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Errors;

/// <summary>The one place that turns an exception into an exit status and the lines that a user reads.</summary>
internal static class ErrorReport
{
    /// <summary>Writes one or two lines, with the trace behind them when asked for, and returns the exit status.</summary>
    public static int Write(Exception error, TextWriter output, bool withTrace)
    {
        var cause = Unwrap(error);
        var (status, message) = Explain(cause);
        output.WriteLine(Installation.InText(message ?? Unexpected(cause, withTrace)));
        if (withTrace)
        {
            output.WriteLine(error);
        }

        return status;
    }

    // Every library calls its own constructors and initialisers through reflection somewhere: the cause is what counts.
    public static Exception Unwrap(Exception error) =>
        error is TypeInitializationException or TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
            && error.InnerException is { } inner
                ? Unwrap(inner)
                : error;

    private static (int Status, string? Message) Explain(Exception error) => error switch
    {
        UsageException => (ExitStatus.WrongUsage, error.Message),
        InterruptedException => (ExitStatus.Failed, error.Message),
        OperationCanceledException => (ExitStatus.Failed, "Interrupted; nothing was left half written."),
        SparseHybridException => (ExitStatus.Failed, error.Message),
        DllNotFoundException => (ExitStatus.Failed, error.Message),
        NotSupportedException { Source: nameof(TorchSharp) } when TorchSharpPackage.IsInUse => (
            ExitStatus.Failed, TwoLines($"libtorch cannot be loaded: {NativeTorchSharp.Problem() ?? FirstLine(error.Message)}", LibTorchAdvice.Missing)),
        UnauthorizedAccessException or IOException => (
            ExitStatus.Failed, TwoLines(error.Message, "Check that the path exists, that you may use it, and that the disk has room.")),
        OutOfMemoryException => (
            ExitStatus.Failed, TwoLines("There is not enough memory.", "Use a smaller --batch, or a machine with more memory.")),
        ExternalException => (
            ExitStatus.Failed,
            TwoLines($"A native library failed: {FirstLine(error.Message)}", "Run again with --verbose for the details, and see './sparse doctor'.")),
        _ => (ExitStatus.Failed, null),
    };

    private static string Unexpected(Exception error, bool withTrace)
    {
        var summary = $"This is a bug in sparse: {error.GetType().Name}: {FirstLine(error.Message)}";
        return withTrace ? summary : TwoLines(summary, SaveDetails(error));
    }

    private static string SaveDetails(Exception error)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sparse-error-{Environment.ProcessId}.txt");
        try
        {
            File.WriteAllText(path, $"{Environment.CommandLine}{Environment.NewLine}{error}{Environment.NewLine}");
            return $"The details are in {path}; please report them.";
        }
        catch (Exception writing) when (writing is IOException or UnauthorizedAccessException)
        {
            return "Run the command again with --verbose for the details, and please report them.";
        }
    }

    private static string TwoLines(string first, string second) => first + Environment.NewLine + second;

    public static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
