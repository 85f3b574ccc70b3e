using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Data;
using SparseHybrid.Data.Fetch;

namespace SparseHybrid.Cli.Commands;

/// <summary>Downloads a public data set.</summary>
internal static class DataFetchCommand
{
    private static readonly Argument<string> Name = new("NAME")
    {
        Description = $"The data set: {string.Join(", ", ImageDatasets.All.Select(set => set.Name))}.",
    };

    private static readonly Setting<string?> Url = Settings.Place(
        "--url", "URL", "Folder to fetch from instead, for a mirror: http:// or https://. The files must be the published ones. Default: the published places.");

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FOLDER", "Folder to fetch to. Default: where training looks for it, sparse-hybrid/data/NAME in the XDG data folder.");

    private static readonly Setting<long> Attempts = Settings.Whole(
        "--attempts", new FetchOptions().Attempts, $"Failures in a row after which a file is given up, 1 or more. Default: {new FetchOptions().Attempts}.", least: 1, most: 1000);

    public static Command Create()
    {
        var command = new Command("fetch", "Downloads a public data set and compares it with its published SHA-256. Goes on where an earlier fetch stopped.")
        {
            Name,
            Url,
            Out,
            Attempts,
        };
        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse data fetch cifar-10", "./sparse data fetch mnist --out ~/mnist --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var dataset = ImageDatasets.All.FirstOrDefault(set => set.Name == result.GetValue(Name))
            ?? throw new UsageException(
                $"NAME is '{result.GetValue(Name)}'; it must be {Words.Alternatives([.. ImageDatasets.All.Select(set => set.Name)])}.",
                "See './sparse data list'.");
        var options = new FetchOptions { Place = Place(result), Attempts = (int)Attempts.Read(result) };
        var folder = Out.Read(result) ?? DataFolders.ForFetched(dataset.Name);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("sparse-hybrid");
        try
        {
            var report = FetchDisplay.Run(terminal, dataset.Name, progress => new DatasetFetch(client)
                .RunAsync(dataset, folder, options, progress, cancellation).GetAwaiter().GetResult());
            terminal.Remark($"{dataset.Name} is in {folder}: {Format.Bytes(dataset.Files.Sum(file => file.Bytes))}, every file as published.");
            terminal.Json(ToJson(report));
        }
        catch (OperationCanceledException interruption)
        {
            throw new InterruptedException(
                what: $"Interrupted. What has been received is kept in {folder}.", goOn: "Go on with the same command.", interruption);
        }
    }

    private static Uri? Place(ParseResult result)
    {
        if (Url.Read(result) is not { } url)
        {
            return null;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var place) && place.Scheme is "http" or "https"
            ? place
            : throw new UsageException($"--url is '{url}'; it must begin with http:// or https://.", "Name the folder that holds the files.");
    }

    private static DataFetchJson ToJson(FetchReport report) => new(
        report.Name,
        report.Folder,
        [.. report.Files.Select(file => new FetchedFileJson(file.File.Name, file.File.Bytes, file.File.Sha256, Word(file.Outcome)))]);

    private static string Word(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Fetched => "fetched",
        FetchOutcome.Resumed => "resumed",
        _ => "already-here",
    };
}
