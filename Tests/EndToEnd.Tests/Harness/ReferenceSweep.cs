namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>Two strengths with two seeds on a few images, one run at a time, never interrupted: what other sweeps are compared with.</summary>
public sealed class ReferenceSweep : IDisposable
{
    /// <summary>The options of its path.</summary>
    public static readonly string[] Values = ["--lambda", "1e-5,1e-4", "--seeds", "2"];

    /// <summary>Its run folders, relative.</summary>
    public static readonly string[] Runs =
    [
        "runs/xrda-lambda-1e-5-seed-1", "runs/xrda-lambda-1e-5-seed-2", "runs/xrda-lambda-1e-4-seed-1", "runs/xrda-lambda-1e-4-seed-2",
    ];

    private readonly TemporaryFolder folder = new();

    public ReferenceSweep()
    {
        Common = ["--data-folder", SmallImages.Write(folder["data"]), "--epochs", "12"];
        Result = SparseProcess.Run(["sweep", .. Values, .. Common, "--jobs", "1", "--json", "--out", folder["sweep"]]).Done();
    }

    /// <summary>The options that its runs have in common.</summary>
    public string[] Common { get; }

    /// <summary>What the process left behind.</summary>
    public SparseProcess.Result Result { get; }

    /// <summary>A file or folder of the sweep.</summary>
    public string this[string name] => Path.Combine(folder["sweep"], name);

    /// <summary>Copies the sweep, to be changed.</summary>
    public void CopyTo(string target)
    {
        foreach (var file in Directory.EnumerateFiles(folder["sweep"], "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(folder["sweep"], file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => folder.Dispose();
}
