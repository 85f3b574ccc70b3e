using System.Text.Json;
using System.Text.RegularExpressions;
using SparseHybrid.EndToEnd.Tests.Harness;
using SparseHybrid.Tests.Support.Browser;

namespace SparseHybrid.EndToEnd.Tests;

public sealed partial class ReportTests(ReportedRuns runs) : IClassFixture<ReportedRuns>
{
    private static readonly string[] ChartsOfARun = ["loss", "accuracy", "zeros", "lambda", "layer-zeros", "layer-outputs", "sizes", "latencies"];

    private static readonly string[] SectionsOfARun =
        ["Settings and environment", "Training", "Layers", "Weights", "Size and speed", "Classes and mistakes", "Data of this page"];

    [BrowserFact]
    public void The_page_of_a_run_draws_every_chart_and_picture_without_errors_and_without_a_network()
    {
        var page = Open(runs.OfOne, 1280, "light");
        AssertSound(page);
        Assert.Equal(SectionsOfARun, page.GetProperty("headings").EnumerateArray().Select(heading => heading.GetString()));
        var charts = page.GetProperty("charts").EnumerateArray().ToList();
        Assert.Equal(ChartsOfARun, charts.Select(chart => chart.Text("id")));
        Assert.Equal(ChartsOfARun.Length, page.Number("tablesBehind"));
        Assert.Contains("epochs", page.Text("tip"));
        Assert.Equal(3, page.GetProperty("histograms").GetArrayLength());
        Assert.All(page.GetProperty("histograms").EnumerateArray(), path => Assert.True(path.GetInt32() > 20));
        Assert.Equal(100, page.Number("matrixCells"));
        var pictures = page.GetProperty("pictures").EnumerateArray().ToList();
        Assert.InRange(pictures.Count, 2 + 3, 2 + 3 + 24); // filters twice, a mask a layer, mistakes if any
        Assert.All(pictures, picture =>
        {
            Assert.True(picture.Number("width") > 1, "every picture can be decoded");
            Assert.True(picture.Number("shown") >= 32, "and is large enough to be seen");
            Assert.NotEmpty(picture.Text("alt"));
        });
    }

    [BrowserFact]
    public void The_page_of_three_runs_compares_them_and_stays_below_5_megabytes()
    {
        var page = Open(runs.OfThree, 1280, "dark");
        AssertSound(page);
        string[] headings = [.. page.GetProperty("headings").EnumerateArray().Select(heading => heading.GetString()!)];
        Assert.Equal([SectionsOfARun[0], "Comparison", .. SectionsOfARun[1..]], headings);
        var charts = page.GetProperty("charts").EnumerateArray().ToList();
        Assert.Equal(["front", "accuracy-latency", .. ChartsOfARun], charts.Select(chart => chart.Text("id")));
        Assert.Equal("rgb(20, 23, 27)", page.Text("background"));
        Assert.Equal(9, page.GetProperty("histograms").GetArrayLength());
        Assert.InRange(new FileInfo(runs.OfThree).Length, 1_000_000, 5_000_000);
        var front = page.GetProperty("results").GetProperty("front").EnumerateArray().ToList();
        Assert.Equal([2, 1], front.Select(entry => (int)entry.Number("seeds")).OrderDescending());
    }

    [BrowserFact]
    public void On_a_phone_nothing_is_wider_than_the_screen_folded_or_not()
    {
        var page = Open(runs.OfThree, 360, "light");
        AssertSound(page);
        Assert.All(page.GetProperty("charts").EnumerateArray(), chart => Assert.InRange(chart.Number("width"), 280, 360));
    }

    [BrowserFact]
    public void On_paper_the_charts_fit_beside_each_other()
    {
        var page = Open(runs.OfOne, 1280, "print");
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Equal("rgb(255, 255, 255)", page.Text("background"));
        Assert.All(page.GetProperty("charts").EnumerateArray(), chart => Assert.InRange(chart.Number("width"), 250, 330));
    }

    [Fact]
    public void The_json_in_the_page_agrees_with_the_run()
    {
        var run = Results(runs.OfOne).GetProperty("runs")[0];
        JsonAssert.HasKeys(
            run, "name", "path", "run", "isDone", "epochs", "layers", "histograms", "remarks", "test", "testProblem", "forms", "timing");
        var result = run.GetProperty("run").GetProperty("result");
        Assert.Equal(result.Number("testAccuracy"), run.GetProperty("test").Number("accuracy"), 9);
        Assert.Equal(RunFiles.LastEpoch(runs.First).Number("trainLoss"), run.GetProperty("epochs")[3].Number("trainLoss"));
        var zeros = run.GetProperty("layers").EnumerateArray().Sum(layer => layer.Number("zeros"));
        Assert.Equal(result.Number("sparsity"), zeros / result.Number("regularisedWeights"), 9);
        foreach (var (layer, histogram) in run.GetProperty("layers").EnumerateArray().Zip(run.GetProperty("histograms").EnumerateArray()))
        {
            Assert.Equal(layer.Text("name"), histogram.Text("layer"));
            Assert.Equal(layer.Number("weights") - layer.Number("zeros"), histogram.GetProperty("counts").EnumerateArray().Sum(count => count.GetInt64()));
        }

        var forms = run.GetProperty("forms").EnumerateArray().ToList();
        Assert.Contains("shrunk", forms.Select(form => form.Text("form")));
        Assert.All(forms, form =>
        {
            Assert.Equal(new FileInfo(Path.Combine(runs.First, form.Text("file"))).Length, form.Number("bytes"));
            Assert.InRange(form.GetProperty("certificate").Number("maxAbsDifference"), 0, 1e-4);
            Assert.True(form.GetProperty("timing").GetProperty("latency").Number("medianMicroseconds") > 0);
        });
    }

    [Fact]
    public void Forms_that_are_certified_are_not_made_again_and_without_a_benchmark_none_is_made()
    {
        using var folder = new TemporaryFolder();
        var written = File.GetLastWriteTimeUtc(Path.Combine(runs.First, "dense.onnx"));
        var json = SparseProcess.Run("report", runs.First, "--no-bench", "--out", folder["again.html"], "--json").Done().Json;
        JsonAssert.HasKeys(json, "file");
        Assert.Equal(folder["again.html"], json.Text("file"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(runs.First, "dense.onnx")));
        var run = Results(folder["again.html"]).GetProperty("runs")[0];
        Assert.Equal(JsonValueKind.Null, run.GetProperty("timing").ValueKind);
        Assert.All(run.GetProperty("forms").EnumerateArray(), form => Assert.Equal(JsonValueKind.Object, form.GetProperty("certificate").ValueKind));

        CopyRun(runs.First, folder["copy"]);
        SparseProcess.Run("report", folder["copy"], "--no-bench").Done();
        Assert.True(File.Exists(folder["copy/report.html"]));
        Assert.Empty(Directory.EnumerateFiles(folder["copy"], "*.onnx"));
        Assert.Contains("not exported yet", File.ReadAllText(folder["copy/report.html"]));
    }

    [Fact]
    public void Files_of_lower_precision_are_shown_beside_the_forms()
    {
        using var folder = new TemporaryFolder();
        CopyRun(runs.First, folder["run"]);
        SparseProcess.Run("export", folder["run"], "--form", "dense", "--quiet").Done();
        SparseProcess.Run("export", folder["run"], "--form", "dense", "--precision", "fp16", "--quiet").Done();
        SparseProcess.Run("report", folder["run"], "--no-bench").Done();
        var forms = Results(folder["run/report.html"]).GetProperty("runs")[0].GetProperty("forms").EnumerateArray().ToList();
        var (full, half) = (forms.Single(form => form.Text("form") == "dense"), forms.Single(form => form.Text("form") == "dense, fp16"));
        Assert.InRange(half.Number("bytes"), 0.4 * full.Number("bytes"), 0.7 * full.Number("bytes"));
        Assert.Equal("fp16", half.GetProperty("certificate").Text("precision"));
    }

    [Fact]
    public void A_run_that_is_not_finished_is_shown_as_far_as_it_has_come()
    {
        using var folder = new TemporaryFolder();
        CopyRun(runs.First, folder["run"]);
        var record = File.ReadAllText(folder["run/run.json"]);
        File.WriteAllText(folder["run/run.json"], record[..record.IndexOf("  \"result\"", StringComparison.Ordinal)].TrimEnd().TrimEnd(',') + "\n}");
        File.Delete(folder["run/model.safetensors"]);
        SparseProcess.Run("report", folder["run"], "--quiet").Done();
        var html = File.ReadAllText(folder["run/report.html"]);
        Assert.Contains("run is not finished: 4 of 4 epochs are done", html);
        Assert.Contains("no trained network to judge", html);
        Assert.Equal(4, Results(folder["run/report.html"]).GetProperty("runs")[0].GetProperty("epochs").GetArrayLength());
    }

    [Fact]
    public void Test_data_that_are_gone_are_missed_in_their_section_only()
    {
        using var folder = new TemporaryFolder();
        CopyRun(runs.First, folder["run"]);
        File.WriteAllText(folder["run/run.json"], File.ReadAllText(folder["run/run.json"]).Replace(runs.DataFolder, folder["nowhere"]));
        SparseProcess.Run("report", folder["run"], "--no-bench").Done();
        Assert.Contains("The test data cannot be read", File.ReadAllText(folder["run/report.html"]));
        Assert.Equal(3, Results(folder["run/report.html"]).GetProperty("runs")[0].GetProperty("layers").GetArrayLength());
    }

    [Fact]
    public void What_is_no_run_damaged_or_not_to_be_written_is_refused()
    {
        using var folder = new TemporaryFolder();
        SparseProcess.Run("report").Refused(2, "report");
        SparseProcess.Run("report", runs.First, folder.Path).Refused(1, folder.Path, "not a run folder");
        SparseProcess.Run("report", runs.First, "--no-bench", "--out", "/proc/report.html", "--quiet").Refused(1, "/proc/report.html");
        SparseProcess.Run("report", runs.First, "--batch", "0").Refused(2, "--batch is '0'");
        CopyRun(runs.First, folder["run"]);
        File.AppendAllText(folder["run/metrics.jsonl"], "{\"epoch\": 5");
        SparseProcess.Run("report", folder["run"], "--quiet").Refused(1, "Line 5 of", "metrics.jsonl");
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.html*", SearchOption.AllDirectories));
    }

    // Without the models and pages beside it.
    private static void CopyRun(string run, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (var name in new[] { "run.json", "metrics.jsonl", "model.safetensors" })
        {
            File.Copy(Path.Combine(run, name), Path.Combine(copy, name));
        }
    }

    private static JsonElement Open(string file, int width, string look) =>
        PageInBrowser.Open(file, width, look, PageInBrowser.Picture($"{Path.GetFileNameWithoutExtension(file)}-{width}-{look}"));

    private static void AssertSound(JsonElement page)
    {
        Assert.Empty(page.GetProperty("errors").EnumerateArray());
        Assert.Empty(page.GetProperty("requests").EnumerateArray());
        Assert.Empty(page.GetProperty("dialogs").EnumerateArray());
        Assert.Equal(0, page.Number("brokenLinks"));
        Assert.Equal((0, 0), (page.Number("headlessCells"), page.Number("namelessParts"))); // for who hears the page read, or goes through it by keyboard
        Assert.Equal((0, 0), (page.Number("overflow"), page.Number("overflowUnfolded")));
        Assert.All(page.GetProperty("charts").EnumerateArray(), chart => Assert.True(chart.Number("shapes") > 3, $"{chart.Text("id")} is empty"));
    }

    private static JsonElement Results(string file)
    {
        using var document = JsonDocument.Parse(ResultsElement().Match(File.ReadAllText(file)).Groups[1].Value);
        return document.RootElement.Clone();
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"results\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ResultsElement();
}
