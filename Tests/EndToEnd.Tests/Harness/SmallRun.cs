using System.Text.Json;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>A LeNet-300-100 with dead units, trained for a moment on few images, for tests that need any run.</summary>
public sealed class SmallRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmallRun()
    {
        Path = folder["run"];
        SparseProcess.Run(
            "train", "--data-folder", SmallImages.Write(folder["data"]), "--lambda", "4e-3", "--epochs", "4", "--threads", "1", "--quiet", "--out", Path).Done();
    }

    /// <summary>The run folder.</summary>
    public string Path { get; }

    /// <summary>A path beside it.</summary>
    public string this[string name] => folder[name];

    /// <summary>Exports the run beside it.</summary>
    public JsonElement Export(string form, string name, params string[] options) =>
        SparseProcess.Run(["export", Path, "--form", form, "--out", folder[name], "--json", .. options]).Done().Json;

    public void Dispose() => folder.Dispose();
}
