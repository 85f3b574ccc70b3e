using SparseHybrid.Comparisons;
using SparseHybrid.Comparisons.Statistics;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Sweeps;
using SparseHybrid.Tests.Support.Browser;

namespace SparseHybrid.Deploy.Tests.Report;

public sealed class ComparisonPageTests
{
    private const string Hostile = "A <script>alert('x')</script> title";

    private static readonly ComparisonRecipe Recipe = new() { Title = Hostile, About = "About it.", Seeds = [1, 2], Targets = [0.9], Arms = [] };

    [BrowserFact]
    public void The_page_draws_the_sparse_arms_and_tells_of_all_in_tables()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("compare.html");
        File.WriteAllText(file, Page().ToHtml());
        var page = PageInBrowser.Open(file, 390, "dark", PageInBrowser.Picture("compare-390-dark"));
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Empty(page.GetProperty("requests").EnumerateArray());
        Assert.Equal(0, page.GetProperty("overflow").GetInt32());
        var texts = Assert.Single(page.GetProperty("charts").EnumerateArray()).GetProperty("texts").EnumerateArray().Select(text => text.GetString()).ToList();
        Assert.Contains("xrda", texts);
        Assert.Contains("rigl", texts);
        Assert.DoesNotContain("dense", texts);
    }

    [BrowserFact]
    public void Size_and_speed_have_a_chart_for_each_batch_and_a_table()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("compare.html");
        File.WriteAllText(file, Page(Speed()).ToHtml());
        var page = PageInBrowser.Open(file, 1280, "light", PageInBrowser.Picture("compare-speed"));
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Equal(["front", "speed-1", "speed-64"], page.GetProperty("charts").EnumerateArray().Select(chart => chart.GetProperty("id").GetString()));
        Assert.Contains("Speed (times that of the dense network)", page.GetProperty("charts")[2].GetProperty("texts").EnumerateArray().Select(text => text.GetString()));
        var html = Page(Speed()).ToHtml();
        Assert.Contains("largest difference 2.0e-6 of the largest output", html);
        Assert.Contains("<td class=\"number\">4.00</td>", html); // 40 µs dense against 10 µs
        Assert.Contains("Not measured: runs/rigl-1 as auto. No room.", html);
    }

    [Fact]
    public void The_verdict_leads_and_what_is_absent_is_said()
    {
        var html = Page().ToHtml();
        Assert.Contains("<p class=\"lead\">It is supported.</p>", html);
        Assert.Contains("Left out: network-slimming. It has no layers for it.", html);
        Assert.Contains("Failed: runs/set-1. It diverged.", html);
        Assert.Contains("not compared: rigl missed the target.", html);
        Assert.DoesNotContain("<script>alert", html);
    }

    [Fact]
    public void Before_the_first_run_there_is_a_page_too() =>
        Assert.Contains("Nothing can be compared yet.", ComparisonPage.Of(Record(), new ComparisonReport(Recipe, 6, [], [], null, [], [], [], null)).ToHtml());

    private static ComparisonSpeed Speed()
    {
        MeasuredBatch Batch(int batch, double median) => new(
            batch, "runs/xrda-1/auto.onnx", 12_345, 1_070_000, 2e-5, 10, 1000, new MeasuredLatency(500, median, 0.5), new MeasuredLatency(400, 40, 1), 0.03);
        return new ComparisonSpeed
        {
            Conditions = new MeasuringConditions("A processor", 2, "A system", "1.29.0", 1, 10, 0.5),
            Baseline = "runs/xrda-1",
            Networks =
            [
                new MeasuredNetwork("xrda", null, 0.9, "runs/xrda-1", 1, 0.89, "shrunk", [Batch(1, 30), Batch(64, 35)]),
                new MeasuredNetwork("xrda", null, 0.9, "runs/xrda-1", 1, 0.89, "auto", [Batch(1, 20), Batch(64, 10)]),
            ],
            Unmeasured = [new UnmeasuredNetwork("runs/rigl-1", "auto", "No room.")],
        };
    }

    private static HtmlPage Page(ComparisonSpeed? speed = null)
    {
        ComparedRun[] runs = [Run("xrda", 0.9, 1, 0.89), Run("xrda", 0.9, 2, 0.9), Run("rigl", 0.9, 1, 0.88), Run("rigl", 0.9, 2, 0.87), Run("dense", null, 1, 0.9), Run("dense", null, 2, 0.9)];
        ComparedPair[] pairs =
        [
            new(0.9, "rigl", ArmRole.Comparator, null, null, null, PairOutcome.NotCompared, "rigl missed the target."),
            new(0.9, "dense", ArmRole.Control, new PairedDifference(2, -0.005, -0.07, 0.06, 0.5), 0.5, new PairedDifference(2, 0, 0, 0, 1), PairOutcome.NotShown, null),
        ];
        var report = new ComparisonReport(
            Recipe, 7, [Row("xrda", ArmRole.Subject, 0.9), Row("rigl", ArmRole.Comparator, 0.9), Row("dense", ArmRole.Control, null)], pairs,
            new Verdict(ClaimOutcome.Supported, ["It is supported.", "By far."]), [new LeftOutArm("network-slimming", "It has no layers for it.")],
            [new SweepFailure("runs/set-1", "It diverged.")], runs, null);
        return ComparisonPage.Of(Record(), report with { Speed = speed });
    }

    private static ComparisonRecord Record() => new() { Recipe = Recipe, Data = new DataShape(10, [1, 28, 28]), Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };

    private static ComparisonRow Row(string arm, ArmRole role, double? target) => new(
        arm, role, arm, null, target, 10, 2, Spread.Of([0.89, 0.9]), null, Spread.Of([target ?? 0, target ?? 0]), Spread.Of([26_660]), Spread.Of([0.05]), null, null, false, 12.5);

    private static ComparedRun Run(string arm, double? target, long seed, double accuracy) =>
        new(new SweepRun($"runs/{arm}-{seed}", arm, null, target, seed, "random", 10, accuracy, 0.3, 0.2, target ?? 0, 26_660, 266_610, 12.5), null, null, null);
}
