using System.CommandLine;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Data;
using Spectre.Console;

namespace SparseHybrid.Cli.Commands;

/// <summary>Lists the public data sets and what of them is on this machine.</summary>
internal static class DataListCommand
{
    private static readonly Option<bool> Verify = new("--verify")
    {
        Description = "Read the files and compare them with the published SHA-256. Default: off.",
    };

    public static Command Create()
    {
        var command = new Command("list", $"Lists the public data sets. They are looked for in {DataFolders.Root} and in folders of the system.") { Verify };
        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse data list", "./sparse data list --verify --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var verifies = result.GetValue(Verify);
        var rows = ImageDatasets.All.Select(dataset =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Describe(DatasetState.Of(dataset), verifies);
        }).ToList();
        if (!terminal.IsJson)
        {
            terminal.Table(ToTable(rows));
            terminal.Line();
            rows.SelectMany(Remarks).ToList().ForEach(terminal.Line);
        }

        terminal.Json(new DataListJson(rows));
    }

    private static DataSetJson Describe(DatasetState state, bool verifies)
    {
        var set = state.Dataset;
        var differing = verifies ? state.FilesThatDiffer() : null;
        return new DataSetJson(
            set.Name, state.Folder, set.TrainingImages, set.TestImages, set.Classes, set.InputShape, state.Bytes, Word(state.Presence), state.Missing, differing);
    }

    private static string Word(DatasetPresence presence) => presence switch
    {
        DatasetPresence.Ready => "ready",
        DatasetPresence.Incomplete => "incomplete",
        _ => "absent",
    };

    private static Table ToTable(IEnumerable<DataSetJson> rows)
    {
        var table = new Table().AddColumns("name", "training", "test", "classes", "shape", "size", "state").Border(TableBorder.None);
        foreach (var row in rows)
        {
            table.AddRow(
                row.Name,
                Format.Count(row.TrainingImages),
                Format.Count(row.TestImages),
                $"{row.Classes}",
                string.Join('x', row.Shape),
                row.Bytes == 0 ? "-" : Format.Bytes(row.Bytes),
                row.State);
        }

        return table;
    }

    // Paths are long, so they go below the table.
    private static IEnumerable<string> Remarks(DataSetJson row)
    {
        yield return row.State switch
        {
            "ready" => $"{row.Name} is in {row.Folder}.",
            "incomplete" => $"{row.Name} in {row.Folder} lacks {string.Join(", ", row.Missing)}.",
            _ => $"{row.Name} is not here; fetch it with ./sparse data fetch {row.Name}",
        };
        if (row.Differing is [..] differing)
        {
            yield return differing.Count == 0
                ? $"{row.Name}: its files are the published ones."
                : $"{row.Name}: not as published, repacked perhaps: {string.Join(", ", differing)}.";
        }
    }
}
