using SparseHybrid.Cli.Errors;

namespace SparseHybrid.EndToEnd.Tests.Errors;

public sealed class ErrorReportTests
{
    [Fact]
    public void An_unexpected_error_is_one_line_and_the_place_of_its_details()
    {
        using var output = new StringWriter();
        Assert.Equal(ExitStatus.Failed, ErrorReport.Write(new NotSupportedException("first line\nsecond line"), output, withTrace: false));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("NotSupportedException: first line", lines[0]);
        var path = lines[1].Split(' ').Single(word => word.EndsWith(".txt;", StringComparison.Ordinal)).TrimEnd(';');
        Assert.Contains("second line", File.ReadAllText(path));
        File.Delete(path);
    }

    [Fact]
    public void A_trace_is_shown_when_asked_for()
    {
        using var output = new StringWriter();
        ErrorReport.Write(new NotSupportedException("message"), output, withTrace: true);
        Assert.Contains("System.NotSupportedException: message", output.ToString());
    }

    [Fact]
    public void The_cause_counts_and_not_what_it_was_wrapped_in()
    {
        var cause = new DataException("folder", "The data set is missing.", "There is no folder.", "Install it.");
        var wrapped = new AggregateException(new TypeInitializationException("Loader", cause));
        using var output = new StringWriter();
        Assert.Equal(ExitStatus.Failed, ErrorReport.Write(wrapped, output, withTrace: false));
        Assert.Equal($"The data set is missing. There is no folder.{Environment.NewLine}Install it.{Environment.NewLine}", output.ToString());
    }

    [Fact]
    public void Wrong_usage_has_its_own_status()
    {
        using var output = new StringWriter();
        Assert.Equal(ExitStatus.WrongUsage, ErrorReport.Write(new UsageException("This cannot be.", "Do that."), output, withTrace: false));
    }
}
