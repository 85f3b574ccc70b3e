using System.Security.Cryptography;
using SparseHybrid.Data;
using SparseHybrid.Data.Fetch;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data.Fetch;

public sealed class DatasetFetchTests : IDisposable
{
    private const int Bytes = 300_000;

    private static readonly FetchOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), Attempts = 3, Patience = TimeSpan.FromSeconds(20) };

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly byte[] first = IdxBytes.Noise(Bytes, seed: 1);
    private readonly byte[] second = IdxBytes.Noise(1_000, seed: 2);

    private string First => folder.File("first.bin");

    private string Partial => First + ".partial";

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Every_file_arrives_as_published_and_a_second_fetch_asks_for_nothing()
    {
        using var server = Serve();
        var progress = new Recorder<FetchProgress>();

        var report = await Fetch(server, progress: progress);

        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal(second, File.ReadAllBytes(folder.File("second.bin")));
        Assert.Equal(["first.bin", "second.bin"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.All(report.Files, file => Assert.Equal(FetchOutcome.Fetched, file.Outcome));
        Assert.Equal(new FetchProgress("second.bin", Bytes + 1_000, Bytes + 1_000), progress.Values[^1]);
        Assert.Equal(progress.Values.Select(value => value.BytesDone).Order(), progress.Values.Select(value => value.BytesDone));

        var again = await Fetch(server);
        Assert.All(again.Files, file => Assert.Equal(FetchOutcome.AlreadyHere, file.Outcome));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_cut_connection_is_gone_on_with_where_it_was_cut()
    {
        using var server = Serve(new Answer(CutAfter: 100_000), new Answer(CutAfter: 50_000), new Answer(Status: 0), new Answer(Status: 503));

        await Fetch(server, Quick with { Attempts = 4 });

        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal(["first.bin 0", "first.bin 100000", "first.bin 150000", "first.bin 150000", "first.bin 150000", "second.bin 0"], server.Requests);
    }

    [Fact]
    public async Task A_server_without_ranges_starts_again()
    {
        using var server = Serve(new Answer(CutAfter: 100_000), new Answer(KnowsRange: false));

        await Fetch(server);

        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal(["first.bin 0", "first.bin 100000", "second.bin 0"], server.Requests);
    }

    [Fact]
    public async Task Many_failures_in_a_row_end_it_and_what_came_is_kept_for_the_next_fetch()
    {
        using var server = Serve(new Answer(CutAfter: 100_000), new Answer(Status: 500), new Answer(Status: 429));

        var error = await Assert.ThrowsAsync<DataException>(() => Fetch(server));

        Assert.Contains("3 attempts", error.Why);
        Assert.Contains("429", error.Why);
        Assert.Contains("100000 bytes received are kept", error.Fix);
        Assert.Equal(100_000, new FileInfo(Partial).Length);
        var report = await Fetch(server);
        Assert.Equal([FetchOutcome.Resumed, FetchOutcome.Fetched], report.Files.Select(file => file.Outcome));
        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal("first.bin 100000", server.Requests[3]);
    }

    [Fact]
    public async Task A_wrong_checksum_leaves_nothing_behind()
    {
        using var server = Serve();
        server.Files["first.bin"][7] ^= 1;

        var error = await Assert.ThrowsAsync<DataException>(() => Fetch(server));

        Assert.Contains("not the published first.bin", error.What);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(first)), error.Why);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task An_earlier_part_of_another_file_is_thrown_away_once()
    {
        using var server = Serve();
        File.WriteAllBytes(Partial, IdxBytes.Noise(1_000, seed: 9));

        await Fetch(server);

        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal(["first.bin 1000", "first.bin 0", "second.bin 0"], server.Requests);
    }

    [Fact]
    public async Task An_unfinished_file_that_is_whole_or_too_long_needs_no_more_than_it_must()
    {
        using var server = Serve();
        File.WriteAllBytes(Partial, first);
        File.WriteAllBytes(folder.File("second.bin.partial"), new byte[5_000]);

        await Fetch(server);

        Assert.Equal(["second.bin 0"], server.Requests);
        Assert.Equal(second, File.ReadAllBytes(folder.File("second.bin")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_asked_for_again_but_the_next_place_is()
    {
        using var empty = new FileServer();
        using var server = Serve();

        await new DatasetFetch(client).RunAsync(Dataset(empty.Place, server.Place), folder.Path, Quick);
        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal(["first.bin 0", "second.bin 0"], empty.Requests);

        using var other = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<DataException>(() => new DatasetFetch(client).RunAsync(Dataset(empty.Place), other.Path, Quick));
        Assert.Contains("404", error.Why);
        Assert.Equal(3, empty.Requests.Count);
    }

    [Fact]
    public async Task Another_size_than_the_published_one_is_refused_before_it_is_received()
    {
        using var server = Serve();
        server.Files["first.bin"] = new byte[17];

        Assert.Contains("17 bytes; the published file has 300000", (await Assert.ThrowsAsync<DataException>(() => Fetch(server))).Why);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task Silence_counts_as_a_cut()
    {
        using var server = Serve(new Answer(CutAfter: 10_000, IsSilent: true));

        await Fetch(server, Quick with { Patience = TimeSpan.FromSeconds(1), Attempts = 20 });

        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.Equal("first.bin 10000", server.Requests[1]);
    }

    [Fact]
    public async Task Cancelling_keeps_what_came()
    {
        using var server = Serve(new Answer(CutAfter: 100_000, IsSilent: true));
        using var cancellation = new CancellationTokenSource();
        var fetch = Fetch(server, progress: new CancelAt(100_000, cancellation), cancellationToken: cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);

        Assert.Equal(100_000, new FileInfo(Partial).Length);
        await Fetch(server);
        Assert.Equal(first, File.ReadAllBytes(First));
    }

    [Fact]
    public async Task A_file_of_that_name_that_is_another_is_left_alone()
    {
        using var server = Serve();
        File.WriteAllText(First, "mine");

        Assert.Contains("--out", (await Assert.ThrowsAsync<DataException>(() => Fetch(server))).Fix);
        Assert.Equal("mine", File.ReadAllText(First));
    }

    [SmallDiskFact]
    public async Task A_full_disk_is_told_at_once_and_fetching_goes_on_when_there_is_room()
    {
        using var server = Serve();
        using (var disk = new SmallDisk(folder.File("disk"), kibibytes: 128))
        {
            var error = await Assert.ThrowsAsync<DataException>(() => new DatasetFetch(client).RunAsync(Dataset(server.Place), disk.Path, Quick));

            Assert.Contains("Cannot write", error.What);
            Assert.Contains("Make room", error.Fix);
            Assert.Single(server.Requests);
            Assert.InRange(new FileInfo(Path.Combine(disk.Path, "first.bin.partial")).Length, 1, 128 * 1024);
            File.Copy(Path.Combine(disk.Path, "first.bin.partial"), Partial);
        }

        await Fetch(server);
        Assert.Equal(first, File.ReadAllBytes(First));
        Assert.DoesNotContain("first.bin 0", server.Requests.Skip(1));
    }

    [Fact]
    public void Settings_out_of_range_are_listed()
    {
        var options = new FetchOptions { Place = new Uri("ftp://somewhere/"), Attempts = 0, Patience = TimeSpan.Zero };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All(["Place is ftp://", "Attempts is 0", "Patience is 00:00:00"], problem => Assert.Contains(problem, message));
    }

    private FileServer Serve(params Answer[] answers)
    {
        var server = new FileServer(answers);
        server.Files["first.bin"] = (byte[])first.Clone();
        server.Files["second.bin"] = second;
        return server;
    }

    private Task<FetchReport> Fetch(
        FileServer server, FetchOptions? options = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new DatasetFetch(client).RunAsync(Dataset(server.Place), folder.Path, options ?? Quick, progress, cancellationToken);

    private IdxDataset Dataset(params string[] places) => new(
        "noise", new Normalisation([0], [1]), [Published("first.bin", first, places), Published("second.bin", second, places)]);

    private static PublishedFile Published(string name, byte[] bytes, string[] places) =>
        new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), places);

    private sealed class CancelAt(long bytes, CancellationTokenSource source) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress progress)
        {
            if (progress.BytesDone >= bytes)
            {
                source.Cancel();
            }
        }
    }
}
