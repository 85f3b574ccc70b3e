using SparseHybrid.Data;

namespace SparseHybrid.Cli.Doctor;

/// <summary>Data sets in their default folders. Only looked for, not read.</summary>
internal static class DataFindings
{
    public static Finding Data()
    {
        const string folder = ImageDatasets.FashionMnistFolder;
        string[] stems = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        var missing = stems.Where(stem => !File.Exists(Path.Combine(folder, stem)) && !File.Exists(Path.Combine(folder, stem + ".gz"))).ToList();
        var description = missing.Count switch
        {
            0 => $"fashion-mnist in {folder}",
            4 => $"fashion-mnist is not in {folder}",
            _ => $"fashion-mnist in {folder} lacks {string.Join(", ", missing)}",
        };
        var advice = missing.Count == 0 ? null : "Install it (apt-get install dataset-fashion-mnist), or train with --data-folder.";
        return new Finding("data", "Data", missing.Count == 0, description, advice, new { fashionMnist = missing.Count == 0 ? folder : null });
    }
}
