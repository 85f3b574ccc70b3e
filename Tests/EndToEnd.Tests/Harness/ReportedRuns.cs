namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>Three small runs, two of them alike but for the seed, the first with a target; the pages of the first and of all.</summary>
public sealed class ReportedRuns : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ReportedRuns()
    {
        DataFolder = SmallImages.Write(folder["data"]);
        Train("target", "--target-sparsity", "0.9");
        Train("one", "--lambda", "1e-3");
        Train("two", "--lambda", "1e-3", "--seed", "2");
        (OfOne, OfThree) = (folder["one.html"], folder["three.html"]);
        SparseProcess.Run("report", First, "--out", OfOne, "--quiet").Done();
        SparseProcess.Run("report", First, folder["one"], folder["two"], "--out", OfThree, "--quiet").Done();
    }

    /// <summary>The data of all three.</summary>
    public string DataFolder { get; }

    /// <summary>The folder of the first run.</summary>
    public string First => folder["target"];

    /// <summary>The page of the first run.</summary>
    public string OfOne { get; }

    /// <summary>The page of all three.</summary>
    public string OfThree { get; }

    public void Dispose() => folder.Dispose();

    private void Train(string name, params string[] options) => SparseProcess.Run(
        ["train", "--data-folder", DataFolder, "--epochs", "4", "--threads", "1", "--quiet", "--out", folder[name], .. options]).Done();
}
