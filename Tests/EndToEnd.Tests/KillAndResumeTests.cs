using System.Diagnostics;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

/// <summary>kill -9 at random moments, by the script that does it at larger scale; two processes and one folder.</summary>
public sealed class KillAndResumeTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_that_was_killed_at_random_moments_equals_one_that_was_not()
    {
        var data = SmallImages.Write(folder["data"]);
        var start = new ProcessStartInfo(Script(), ["3", "1", "--data-folder", data, "--epochs", "60", "--lambda", "1e-4", "--threads", "1", "--checkpoint-steps", "2"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SPARSE"] = $"dotnet {SparseProcess.Program}" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output + await error);
        Assert.Contains("3 kills in ", output);
    }

    [Fact]
    public void A_run_folder_in_use_is_refused_and_its_run_goes_on()
    {
        var data = SmallImages.Write(folder["data"]);
        string[] settings = ["--data-folder", data, "--epochs", "2000", "--out", folder["run"]];
        using var process = SparseProcess.Start(["train", .. settings]);
        process.WaitForOutput("epoch   40/2000");

        SparseProcess.Run("train", "--resume", folder["run"]).Refused(1, folder["run"], "in use");
        SparseProcess.Run(["train", .. settings]).Refused(1, folder["run"], "exists");

        process.Signal(Interrupt);
        Assert.Contains("--resume", process.Wait().Error);
    }

    [Fact]
    public void A_run_whose_checkpoints_are_all_damaged_is_refused_by_name()
    {
        var data = SmallImages.Write(folder["data"]);
        using var process = SparseProcess.Start("train", "--data-folder", data, "--epochs", "2000", "--out", folder["run"]);
        process.WaitForOutput("epoch   40/2000");
        process.Signal(Interrupt);
        process.Wait();
        var checkpoints = Directory.GetFiles(Path.Combine(folder["run"], "checkpoints"));
        Assert.All(checkpoints, path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]));

        SparseProcess.Run("train", "--resume", folder["run"]).Refused(1, $"None of the {checkpoints.Length} checkpoints", checkpoints.Max()!);
        File.WriteAllText(Path.Combine(folder["run"], "run.json"), "{");
        SparseProcess.Run("train", "--resume", folder["run"]).Refused(1, Path.Combine(folder["run"], "run.json"));
    }

    private static string Script() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../Tests/Experiments/kill-and-resume"));
}
