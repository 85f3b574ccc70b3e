using System.Text.Json;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>One epoch of LeNet-300-100 on the real Fashion-MNIST, trained once for all tests that need a run.</summary>
public sealed class TrainedRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrainedRun()
    {
        Path = folder["run"];
        Result = SparseProcess.Run(
            "train", "--data", "fashion-mnist", "--model", "lenet-300-100", "--method", "xrda", "--lambda", "2e-5", "--epochs", "1", "--batch", "128",
            "--seed", "1", "--json", "--out", Path).Done();
    }

    /// <summary>The run folder.</summary>
    public string Path { get; }

    /// <summary>What the process left behind.</summary>
    public SparseProcess.Result Result { get; }

    /// <summary>Exports the run beside it.</summary>
    public JsonElement Export(string form, string name) =>
        SparseProcess.Run("export", Path, "--form", form, "--out", folder[name], "--json").Done().Json;

    public void Dispose() => folder.Dispose();
}
