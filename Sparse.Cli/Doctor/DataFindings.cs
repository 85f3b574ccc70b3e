using SparseHybrid.Data;

namespace SparseHybrid.Cli.Doctor;

/// <summary>Data sets in their default folders. Only looked for, not read.</summary>
internal static class DataFindings
{
    public static Finding Data()
    {
        var state = DatasetState.Of(ImageDatasets.Find("fashion-mnist"));
        var isReady = state.Presence == DatasetPresence.Ready;
        var description = state.Presence switch
        {
            DatasetPresence.Ready => $"fashion-mnist in {state.Folder}",
            DatasetPresence.Absent => $"fashion-mnist is neither in {string.Join(" nor in ", DataFolders.Candidates(state.Dataset))}",
            _ => $"fashion-mnist in {state.Folder} lacks {string.Join(", ", state.Missing)}",
        };
        var advice = isReady ? null : "Fetch it (./sparse data fetch fashion-mnist), install it (apt-get install dataset-fashion-mnist), or train with --data-folder.";
        return new Finding("data", "Data", isReady, description, advice, new { fashionMnist = isReady ? state.Folder : null });
    }
}
