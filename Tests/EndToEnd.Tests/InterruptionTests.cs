using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class InterruptionTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public void A_signal_leaves_a_checkpoint_and_resuming_equals_the_uninterrupted_run_bit_for_bit(int signal)
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        string[] settings = ["--data-folder", data, "--epochs", "100", "--lambda", "1e-4", "--seed", "3", "--threads", "1"];
        SparseProcess.Run(["train", .. settings, "--quiet", "--out", folder["whole"]]).Done();

        using var process = SparseProcess.Start(["train", .. settings, "--out", folder["parts"]]);
        process.WaitForOutput("epoch   6/100");
        process.Signal(signal);
        var interrupted = process.Wait();
        Assert.Equal(1, interrupted.ExitStatus);
        Assert.Contains($"sparse train --resume {folder["parts"]}", interrupted.Error);
        Assert.DoesNotContain("   at ", interrupted.Error);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder["parts"], "checkpoints")));
        Assert.False(File.Exists(Path.Combine(folder["parts"], "model.safetensors")));

        var json = SparseProcess.Run("train", "--resume", folder["parts"], "--json").Done().Json;
        Assert.Equal(100, json.Number("epochs"));
        Assert.Equal(RunFiles.Weights(folder["whole"]), RunFiles.Weights(folder["parts"]));
        Assert.Equal(RunFiles.MetricsWithoutTimes(folder["whole"]), RunFiles.MetricsWithoutTimes(folder["parts"]));
    }

    [Fact]
    public void A_signal_ends_a_benchmark_without_a_result()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        using var process = SparseProcess.Start("bench", WriteModel(folder, data), "--seconds", "3600", "--csv", folder["figures.csv"]);
        process.WaitForOutput("Measuring");
        process.Signal(Interrupt);
        var interrupted = process.Wait();
        Assert.Equal(1, interrupted.ExitStatus);
        Assert.Contains("Interrupted", interrupted.Error);
        Assert.Empty(Directory.GetFiles(folder.Path, "figures*"));
    }

    [Fact]
    public void A_second_signal_ends_the_process_at_once()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        using var process = SparseProcess.Start("bench", WriteModel(folder, data), "--seconds", "3600");
        process.WaitForOutput("Measuring");
        process.Signal(Interrupt);
        process.Signal(Interrupt);
        Assert.NotEqual(0, process.Wait().ExitStatus);
    }

    [Fact]
    public void A_finished_run_cannot_be_resumed_and_settings_cannot_be_changed()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--quiet", "--out", folder["run"]).Done();
        SparseProcess.Run("train", "--resume", folder["run"]).Refused(1, "Cannot resume", "done");
        SparseProcess.Run("train", "--resume", folder["run"], "--lambda", "0").Refused(2, "--lambda", "--resume");
    }

    private static string WriteModel(TemporaryFolder folder, string data)
    {
        SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--quiet", "--out", folder["run"]).Done();
        SparseProcess.Run("export", folder["run"], "--form", "dense", "--out", folder["model.onnx"]).Done();
        return folder["model.onnx"];
    }
}
