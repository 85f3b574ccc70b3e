namespace SparseHybrid.Data;

/// <summary>Where data sets are kept: in a folder of the user's own.</summary>
public static class DataFolders
{
    /// <summary>Where data sets are fetched to and looked for: sparse-hybrid/data in the XDG data folder, which is ~/.local/share unless XDG_DATA_HOME says otherwise.</summary>
    public static string Root
    {
        get
        {
            // The XDG base directory specification: a path that is not absolute is to be ignored.
            var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)
                ? given
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(home, "sparse-hybrid", "data");
        }
    }

    /// <summary>The folder that a data set is fetched to.</summary>
    /// <param name="name">Name of the data set.</param>
    public static string ForFetched(string name) => Path.Combine(Root, name);

    /// <summary>The first folder that holds all of a data set; null when there is none.</summary>
    /// <param name="dataset">The data set.</param>
    public static string? Find(ImageDataset dataset) =>
        Candidates(dataset).FirstOrDefault(folder => dataset.Missing(folder).Count == 0);

    /// <summary>The folders that are looked through, in this order.</summary>
    /// <param name="dataset">The data set.</param>
    public static IReadOnlyList<string> Candidates(ImageDataset dataset) =>
        dataset.SystemFolder is { } system ? [ForFetched(dataset.Name), system] : [ForFetched(dataset.Name)];
}
