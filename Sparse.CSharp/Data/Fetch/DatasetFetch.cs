namespace SparseHybrid.Data.Fetch;

/// <summary>Downloads a public data set. Every file is compared with its published SHA-256 before it gets its name.</summary>
/// <param name="client">Its own time limit should be off: silence is timed by <see cref="FetchOptions.Patience"/>.</param>
/// <param name="clock">Times the waits between attempts; null: the system's.</param>
public sealed class DatasetFetch(HttpClient client, TimeProvider? clock = null)
{
    /// <summary>Fetches what is not here yet. What an interrupted fetch left is gone on with.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="folder">Where to; made if need be.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told about every piece received.</param>
    /// <param name="cancellationToken">Stops between two pieces; what is here is kept.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="DataException">The files cannot be had, are not the published ones, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a further fetch goes on from there.</exception>
    public async Task<FetchReport> RunAsync(
        ImageDataset dataset,
        string folder,
        FetchOptions? options = null,
        IProgress<FetchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new FetchOptions();
        options.Validate();
        CreateFolder(folder);
        var download = new FileDownload(client, options, clock ?? TimeProvider.System);
        var total = dataset.Files.Sum(file => file.Bytes);
        var before = 0L;
        var fetched = new List<FetchedFile>();
        foreach (var file in dataset.Files)
        {
            var start = before;
            var outcome = await download.RunAsync(
                file,
                Path.Combine(folder, file.Name),
                bytes => progress?.Report(new FetchProgress(file.Name, start + bytes, total)),
                cancellationToken).ConfigureAwait(false);
            fetched.Add(new FetchedFile(file, outcome));
            before += file.Bytes;
        }

        return new FetchReport(dataset.Name, folder, fetched);
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(folder, $"Cannot make the folder '{folder}'.", error.Message, "Choose a folder that you may write to (--out).", error);
        }
    }
}
