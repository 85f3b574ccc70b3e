using System.Diagnostics;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

/// <summary>What people see on a terminal, which the program script of util-linux provides.</summary>
public sealed class TerminalTests
{
    private const string Escape = "\u001b[";

    [Fact]
    public async Task Training_shows_a_bar_with_loss_accuracy_and_zeros()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var (status, output) = await OnTerminal($"train --data-folder {data} --epochs 20 --out {folder["run"]}");
        Assert.True(status == 0, output);
        Assert.All(new[] { "━", "100%", "loss ", "accuracy ", "zeros ", Escape }, part => Assert.Contains(part, output));
        Assert.DoesNotContain("epoch 1/", output);
    }

    [Fact]
    public async Task The_cursor_is_back_when_the_command_ends()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var (_, output) = await OnTerminal($"train --data-folder {data} --epochs 5 --out {folder["run"]}");
        Assert.True(output.LastIndexOf(Escape + "?25h", StringComparison.Ordinal) > output.LastIndexOf(Escape + "?25l", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_simple_terminal_gets_plain_lines()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var (status, output) = await OnTerminal($"train --data-folder {data} --epochs 2 --out {folder["run"]}", terminal: "dumb");
        Assert.True(status == 0, output);
        Assert.Contains("epoch 2/2", output);
        Assert.DoesNotContain(Escape, output.Replace(Escape + "?1h", "")); // .NET itself sets the keypad mode
    }

    private static async Task<(int Status, string Output)> OnTerminal(string arguments, string terminal = "xterm-256color")
    {
        var command = $"stty cols 100 rows 40; dotnet {SparseProcess.Program} {arguments}";
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = terminal;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
