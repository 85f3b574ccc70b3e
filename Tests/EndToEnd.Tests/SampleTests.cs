using System.Diagnostics;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_soft_threshold_script_prints_exact_zeros()
    {
        var script = Path.Combine(Root(), "samples", "01-soft-threshold.fsx");
        var start = new ProcessStartInfo("dotnet", ["fsi", "--quiet", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
        Assert.Contains("after      2.5000  -0.5000   0.0000   0.0000   0.0000", output);
        Assert.Contains("zeros   3 of 5", output);
        Assert.Contains("zeros      2 of 4", output);
    }

    [Fact]
    public void The_training_program_reports_every_epoch()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var result = SparseProcess.RunProgram(SparseProcess.Built("TrainFashion", "TrainFashion.dll"), null, "2", data).Done();
        Assert.Contains("epoch 2: loss ", result.Output);
        Assert.Contains("All 2 epochs are done.", result.Output);
        Assert.Contains("fc1.weight", result.Output);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SparseHybrid.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The solution is not above the tests.");
        }

        return folder.FullName;
    }
}
