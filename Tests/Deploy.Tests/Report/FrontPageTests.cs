using System.Globalization;
using System.Text.Json;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Methods;
using SparseHybrid.Runs;
using SparseHybrid.Sweeps;
using SparseHybrid.Tests.Support.Browser;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Tests.Report;

public sealed class FrontPageTests
{
    private const string Hostile = "<script>alert('x')</script>\"&";

    [BrowserFact]
    public void The_page_draws_its_chart_without_errors_and_without_a_network()
    {
        var page = Open(Sample(), width: 1280, look: "light");
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Empty(page.GetProperty("requests").EnumerateArray());
        var chart = Assert.Single(page.GetProperty("charts").EnumerateArray());
        var texts = Texts(chart);
        Assert.Contains("xrda", texts);
        Assert.Contains("proximal-sgd", texts);
        Assert.Contains("Zeros (% of regularised weights)", texts);
        Assert.Contains("Accuracy (% of test images)", texts);
        Assert.Contains("90", texts); // a tick of the axis of zeros
        var points = 6 + 18; // means and runs
        Assert.True(chart.GetProperty("shapes").GetInt32() > points, "each point is a shape of its own");
        Assert.Equal([6, 18], page.GetProperty("tableRows").EnumerateArray().Select(rows => rows.GetInt32()));
        Assert.Contains("accuracy", page.GetProperty("tip").GetString());
    }

    [BrowserFact]
    public void Axes_end_where_shares_end()
    {
        var runs = new[] { Run("xrda", 0, 1, 1, 0.02), Run("xrda", 1, 1, 1, 0.9) };
        var numbers = Texts(Open(ReportOf(runs), width: 1000, look: "light").GetProperty("charts")[0])
            .Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .Where(double.IsFinite)
            .ToList();
        Assert.Contains(100.0, numbers);
        Assert.All(numbers, number => Assert.InRange(number, 0, 100));
    }

    [BrowserFact]
    public void A_method_far_below_the_others_leaves_them_their_room_and_is_marked_with_its_figure()
    {
        SweepRun[] runs =
        [
            .. from method in new[] { "xrda", "proximal-sgd" }
               from index in new[] { 0, 1, 2 }
               select Run(method, index, 1, 0.88 - index / 500.0, 0.9 + index / 50.0),
            Run("ssl", 2, 1, 0.104, 0.94),
        ];
        var report = ReportOf(runs);
        var texts = Texts(Open(report, width: 1000, look: "light").GetProperty("charts")[0]);
        Assert.Contains("10.4", texts); // beside its arrow
        Assert.DoesNotContain(texts, text => text is "20" or "40" or "60"); // ticks that an axis from there would have
        Assert.Contains("87.6", texts);
        Assert.Contains("Arrows at the lower edge are points below it", Page(report).ToHtml());
        Assert.DoesNotContain("Arrows at the lower edge are points", Page(ReportOf(runs[..6])).ToHtml());
    }

    [BrowserFact]
    public void The_page_fits_a_phone_and_follows_the_system_into_the_dark()
    {
        var page = Open(Sample(), width: 390, look: "dark");
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Equal(0, page.GetProperty("overflow").GetInt32());
        Assert.Equal("rgb(20, 23, 27)", page.GetProperty("background").GetString());
        Assert.InRange(page.GetProperty("charts")[0].GetProperty("width").GetInt32(), 300, 390);
    }

    [BrowserFact]
    public void On_paper_the_page_is_light_and_its_chart_fits()
    {
        var page = Open(Sample(), width: 1280, look: "print");
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Equal("rgb(255, 255, 255)", page.GetProperty("background").GetString());
        Assert.InRange(page.GetProperty("charts")[0].GetProperty("width").GetInt32(), 400, 680);
    }

    [BrowserFact]
    public void A_hostile_name_is_shown_as_text_and_does_no_harm()
    {
        var page = Open(Sample(Hostile), width: 1280, look: "light");
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Empty(page.GetProperty("dialogs").EnumerateArray());
        Assert.Equal(4, page.GetProperty("scripts").GetInt32());
        Assert.Contains(Hostile, page.GetProperty("title").GetString());
        Assert.Contains(Hostile, Texts(page.GetProperty("charts")[0]));
    }

    [Fact]
    public void Hostile_names_are_escaped_wherever_they_stand()
    {
        var html = Page(Sample(Hostile)).ToHtml();
        Assert.DoesNotContain("<script>alert", html);
        Assert.Contains("&lt;script&gt;alert", html);
        Assert.Contains("\\u003Cscript\\u003Ealert", html);
    }

    [Fact]
    public void The_page_holds_its_results_as_json_and_stays_far_below_5_megabytes()
    {
        var report = Sample();
        var html = Page(report).ToHtml();
        Assert.InRange(html.Length, 1_000_000, 2_000_000);
        const string start = "<script type=\"application/json\" id=\"results\">";
        var json = html[(html.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        using var document = JsonDocument.Parse(json[..json.IndexOf("</script>", StringComparison.Ordinal)]);
        Assert.Equal(report.Runs.Count, document.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal(report.Runs[3].TestAccuracy, document.RootElement.GetProperty("runs")[3].GetProperty("testAccuracy").GetDouble());
        Assert.Equal("lambda", document.RootElement.GetProperty("variable").GetString());
    }

    [Fact]
    public void The_axis_of_zeros_shows_what_is_left_only_near_100_percent_and_not_at_100_itself()
    {
        Assert.Equal(AxisScale.Remainder, ScaleFor(0.5, 0.99));
        Assert.Equal(AxisScale.Linear, ScaleFor(0.5, 0.8));
        Assert.Equal(AxisScale.Linear, ScaleFor(0.98, 0.985));
        Assert.Equal(AxisScale.Linear, ScaleFor(0.5, 1));
    }

    [Fact]
    public void A_sweep_without_a_finished_run_has_a_page_too() =>
        Assert.Contains("0 of 18 runs are done", Page(ReportOf([])).ToHtml());

    private static AxisScale ScaleFor(params double[] zeros)
    {
        SweepRun[] runs = [.. zeros.Select((share, index) => Run("xrda", index, 1, 0.9, share))];
        return FrontChart.Of(runs, FrontTable.Of(runs), "Lambda").Horizontal.Scale;
    }

    private static JsonElement Open(SweepReport report, int width, string look)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("front.html");
        File.WriteAllText(file, Page(report).ToHtml());
        return PageInBrowser.Open(file, width, look, PageInBrowser.Picture($"front-{width}-{look}"));
    }

    private static IEnumerable<string?> Texts(JsonElement chart) => chart.GetProperty("texts").EnumerateArray().Select(text => text.GetString());

    private static HtmlPage Page(SweepReport report)
    {
        var record = new SweepRecord
        {
            Sweep = new SweepOptions
            {
                Variable = SweepVariable.Lambda,
                Values = [1e-6, 5e-6, 2e-5],
                Methods = [new XrdaOptions(), new ProximalSgdOptions()],
                Seeds = [1, 2, 3],
            },
            Training = new TrainingRunSettings
            {
                Data = "fashion-mnist",
                Model = report.Runs.Any(run => run.Method == Hostile) ? Hostile : "lenet-300-100",
                RunPath = "",
                Options = new SparseTrainerOptions { Epochs = 10 },
            },
            Started = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        };
        return FrontPage.Of(record, report, new RunEnvironment("0.1.0", "10.0.1", "TorchSharp 0.107.0", "1.13.1", "Debian 12", "A processor", 2, 1));
    }

    private static SweepReport Sample(string second = "proximal-sgd")
    {
        (string Method, double Accuracy, double Zeros)[] entries =
        [
            ("xrda", 0.8921, 0.8105), ("xrda", 0.8875, 0.9472), ("xrda", 0.8702, 0.9871),
            (second, 0.8905, 0.80), (second, 0.8832, 0.95), (second, 0.8511, 0.99),
        ];
        var runs =
            from entry in entries.Index()
            from seed in new[] { 1, 2, 3 }
            let shift = (seed - 2) * 0.0017 * (1 + entry.Index % 3)
            select Run(entry.Item.Method, entry.Index % 3, seed, entry.Item.Accuracy + shift, entry.Item.Zeros - shift / 2);
        return ReportOf([.. runs]);
    }

    private static SweepReport ReportOf(IReadOnlyList<SweepRun> runs) =>
        new(SweepVariable.Lambda, WarmStart: false, Planned: 18, runs, FrontTable.Of(runs), Failed: []);

    private static SweepRun Run(string method, int index, long seed, double accuracy, double zeros) => new(
        $"{method}-{index}-{seed}", method, new[] { 1e-6, 5e-6, 2e-5 }[index], null, seed, "random", 10, accuracy, 0.3, 0.2, zeros,
        (long)(266_200 * (1 - zeros)), 266_610, 12.5);
}
