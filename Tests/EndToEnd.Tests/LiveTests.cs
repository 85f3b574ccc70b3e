using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using SparseHybrid.EndToEnd.Tests.Harness;
using SparseHybrid.Tests.Support.Browser;

namespace SparseHybrid.EndToEnd.Tests;

public sealed partial class LiveTests : IDisposable
{
    private const int Interrupt = 2;

    private static readonly string[] Endless = ["--epochs", "100000", "--lambda", "1e-4", "--threads", "1"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [BrowserFact]
    public void The_page_follows_training_without_errors_and_outlives_it()
    {
        using var process = Start(["train", "--data-folder", SmallImages.Write(folder["data"], training: 6_400), "--out", folder["run"], .. Endless]);
        var page = PageInBrowser.Follow(Address(process), 1280, "light", () => process.Signal(Interrupt), PageInBrowser.Picture("live"));
        Assert.Equal(1, process.Wait().ExitStatus);
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Equal(2, page.GetProperty("requests").GetArrayLength()); // the page and its updates, and nothing from elsewhere
        Assert.Equal("", page.GetProperty("first").Text("notice"));
        Assert.StartsWith("Training was interrupted. It goes on with: ./sparse train --resume", page.Text("notice"));
        Assert.StartsWith("interrupted – run: lenet-300-100", page.Text("tab"));
        Assert.Equal(["Training", "Layers", "Settings and environment"], page.GetProperty("headings").EnumerateArray().Select(heading => heading.GetString()));
        var charts = page.GetProperty("charts").EnumerateArray().ToList();
        Assert.Equal(["loss", "accuracy", "zeros", "lambda", "layer-zeros"], charts.Select(chart => chart.Text("id")));
        Assert.All(charts, chart => Assert.True(chart.Number("shapes") > 3, $"{chart.Text("id")} is empty"));
        Assert.Equal(0, page.Number("overflow"));
        Assert.True(page.GetProperty("leads").EnumerateArray().Select(lead => lead.GetString()).Distinct().Count() >= 2);
        var points = page.GetProperty("points").EnumerateArray().Select(count => count.GetInt32()).ToList();
        Assert.True(points[^1] > points[0], "the curves grow");
        Assert.Equal(File.ReadAllLines(folder["run/metrics.jsonl"]).Length, page.Number("tableRows"));
        Assert.True(page.GetProperty("isOpen").GetBoolean(), "what a reader has unfolded stays unfolded");
        Assert.True(page.GetProperty("hasFocus").GetBoolean(), "and where the reader is stays so");
        Assert.False(page.GetProperty("selected").GetProperty("test").GetBoolean(), "and what the reader has switched off stays off");
    }

    [Fact]
    public void A_run_that_is_watched_has_the_bits_of_one_that_is_not()
    {
        string[] settings = ["--data-folder", SmallImages.Write(folder["data"]), "--epochs", "6", "--target-sparsity", "0.8", "--threads", "1"];
        SparseProcess.Run(["train", .. settings, "--quiet", "--out", folder["alone"]]).Done();
        var watched = SparseProcess.Run(["train", .. settings, "--quiet", "--live", "--json", "--out", folder["watched"]]).Done();
        JsonAssert.HasKeys(watched.Json, JsonAssert.TrainKeys);
        Assert.Matches(Line(), watched.Error);
        Assert.Equal(RunFiles.Weights(folder["alone"]), RunFiles.Weights(folder["watched"]));
        Assert.Equal(RunFiles.MetricsWithoutTimes(folder["alone"]), RunFiles.MetricsWithoutTimes(folder["watched"]));
    }

    [Fact]
    public async Task A_resumed_run_shows_its_earlier_epochs_and_listens_to_this_machine_alone()
    {
        using (var first = Start(["train", "--data-folder", SmallImages.Write(folder["data"]), "--out", folder["run"], .. Endless]))
        {
            WaitForEpochs(3);
            first.Signal(Interrupt);
            first.Wait();
        }

        var before = File.ReadAllLines(folder["run/metrics.jsonl"]).Length;
        using var process = Start("train", "--resume", folder["run"]);
        Assert.All(ListeningAddresses(process.Id), address => Assert.Contains(address, new[] { "0100007F", "00000000000000000000000001000000" }));
        Assert.NotEmpty(ListeningAddresses(process.Id));
        using var client = new HttpClient();
        using var updates = new StreamReader(await client.GetStreamAsync($"{Address(process)}updates"));
        var begun = await Update(updates, update => update.Text("main").Contains("<td>run</td>", StringComparison.Ordinal));
        Assert.Matches("<td>run</td>\\s*<td class=\"number\">1</td>", begun.Text("main"));
        var rows = begun.GetProperty("charts")[1].GetProperty("series")[0].GetProperty("points");
        Assert.True(rows.GetArrayLength() >= before, $"{rows.GetArrayLength()} epochs are drawn, {before} were done before");
        process.Signal(Interrupt);
        var last = await Update(updates, update => update.GetProperty("isEnded").GetBoolean());
        Assert.Contains($"--resume {folder["run"]}", last.Text("notice"));
        Assert.Equal(1, process.Wait().ExitStatus);
    }

    [Fact]
    public void A_port_that_is_taken_or_none_is_refused_before_training()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        SparseProcess.Run("train", $"--live={port}", "--out", folder["run"]).Refused(1, $"cannot have port {port}", "Another program");
        SparseProcess.Run("train", "--live=65536", "--out", folder["run"]).Refused(2, "--live is '65536'", "0 to 65535");
        SparseProcess.Run("train", "--live", "web", "--out", folder["run"]).Refused(2, "--live is 'web'");
        Assert.False(Directory.Exists(folder["run"]));
    }

    private void WaitForEpochs(int count) => Assert.True(
        SpinWait.SpinUntil(() => File.Exists(folder["run/metrics.jsonl"]) && File.ReadAllLines(folder["run/metrics.jsonl"]).Length >= count, TimeSpan.FromMinutes(2)));

    private static SparseProcess Start(params string[] arguments)
    {
        var process = SparseProcess.Start([.. arguments, "--live"]);
        process.WaitForError("/\n");
        return process;
    }

    private static string Address(SparseProcess process) => Line().Match(process.Error).Groups[1].Value;

    private static async Task<JsonElement> Update(StreamReader updates, Predicate<JsonElement> isWanted)
    {
        while (await updates.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonDocument.Parse(line[6..]).RootElement is var update && isWanted(update))
            {
                return update;
            }
        }

        throw new InvalidOperationException("The updates have ended before.");
    }

    // Of the sockets that the process has open: their local addresses, as the kernel writes them.
    private static List<string> ListeningAddresses(int process)
    {
        var own = Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? "").ToHashSet();
        return
        [
            .. from file in new[] { "/proc/net/tcp", "/proc/net/tcp6" }
               where File.Exists(file)
               from line in File.ReadLines(file).Skip(1)
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields[3] == "0A" && own.Contains($"socket:[{fields[9]}]")
               select fields[1].Split(':')[0],
        ];
    }

    [GeneratedRegex(@"^Live view: (http://127\.0\.0\.1:\d+/[0-9a-f]{32}/)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
