namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>Models of two short runs on small images: two forms of the same weights, and other weights.</summary>
public sealed class SmallModels : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmallModels()
    {
        var data = SmallImages.Write(folder["data"]);
        foreach (var seed in new[] { "1", "2" })
        {
            SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--seed", seed, "--quiet", "--out", folder[$"run{seed}"]).Done();
        }

        Export("run1", "dense", Dense);
        Export("run1", "shrunk", Shrunk);
        Export("run2", "dense", OtherWeights);
    }

    public string Dense => folder["dense.onnx"];

    public string Shrunk => folder["shrunk.onnx"];

    /// <summary>Another network for the same images.</summary>
    public string OtherWeights => folder["other.onnx"];

    public void Dispose() => folder.Dispose();

    private void Export(string run, string form, string file) => SparseProcess.Run("export", folder[run], "--form", form, "--out", file, "--quiet").Done();
}
