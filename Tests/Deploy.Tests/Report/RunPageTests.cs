using System.Text.RegularExpressions;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Tests.Report;

public sealed class RunPageTests
{
    private const string Hostile = "</script><script>alert('x')</script>\"&";

    [Fact]
    public void Settings_come_first_and_what_is_not_known_has_no_section()
    {
        var sections = RunPage.Of([SampleFindings.Of("a")]).Sections.Select(section => section.Heading);
        Assert.Equal(["Settings and environment", "Training", "Classes and mistakes", "Data of this page"], sections);
    }

    [Fact]
    public void Settings_that_runs_share_are_said_once_and_the_others_run_by_run()
    {
        var html = RunPage.Of([SampleFindings.Of("a"), SampleFindings.Of("b", new SparseTrainerOptions { Epochs = 2, BatchSize = 77 })]).ToHtml();
        Assert.Single(Regex.Matches(html, "<dt>Network</dt>"));
        Assert.DoesNotContain("<dt>Batch</dt>", html);
        Assert.Contains("<td>77 images</td>", html);
    }

    [Fact]
    public void A_hostile_name_is_escaped_wherever_it_stands()
    {
        var html = RunPage.Of([SampleFindings.Of(Hostile), SampleFindings.Of("b")]).ToHtml();
        Assert.DoesNotContain("<script>alert", html);
        Assert.Contains("&lt;script&gt;alert", html);
        Assert.Equal(4, Regex.Matches(html, "</script>").Count);
    }

    [Fact]
    public void Lambda_and_zeros_are_drawn_at_every_moment_that_the_metrics_tell_of()
    {
        var findings = SampleFindings.Of("a");
        var controlled = findings.Epochs[0] with { Control = [new(50, 1e-6, 0.1), new(100, 2e-6, 0.3)] };
        var chart = Chart("lambda", findings with { Epochs = [controlled, findings.Epochs[1]] });
        Assert.Equal([[0.5, 1e-6], [1, 2e-6], [2, 1e-6]], chart.Series.Single().Points);
        Assert.Equal(3, chart.Table.Rows.Count);
    }

    [Fact]
    public void Epochs_that_were_not_evaluated_leave_no_point_and_a_dash_in_the_table()
    {
        var findings = SampleFindings.Of("a");
        var chart = Chart("loss", findings with { Epochs = [findings.Epochs[0], findings.Epochs[1] with { TestLoss = 0.5 }] });
        Assert.Equal([[2, 0.5]], chart.Series[0].Points);
        Assert.Equal(["a", "1", "1.0000", "–"], chart.Table.Rows[0]);
    }

    [Fact]
    public void Of_a_run_that_is_not_done_the_zeros_of_each_layer_are_those_after_its_last_epoch()
    {
        var findings = SampleFindings.Of("a", accuracy: null);
        var last = findings.Epochs[1] with { Layers = [new("fc1.weight", 200, 150), new("fc2.weight", 40, 0)] };
        var page = RunPage.Of([findings with { Epochs = [findings.Epochs[0], last] }]);
        var chart = page.Sections.Single(section => section.Heading == "Layers").Charts.OfType<BarChart>().Single();
        Assert.Equal([75, 0], chart.Series.Single().Values);
        Assert.Equal(["a", "2", "fc1.weight", "200", "150", "75.00"], chart.Table.Rows[0]);
    }

    [Fact]
    public void The_epoch_under_way_is_drawn_as_far_as_it_has_come()
    {
        var findings = SampleFindings.Of("a", accuracy: null) with { UnderWay = [new(2.25, 0.4, 3e-6, 0.85), new(2.5, 0.3, 4e-6, 0.9)] };
        Assert.Equal([[2.25, 0.4], [2.5, 0.3]], Chart("loss", findings).Series[^1].Points);
        Assert.Equal([[1, 1e-6], [2, 1e-6], [2.25, 3e-6], [2.5, 4e-6]], Chart("lambda", findings).Series.Single().Points);
        Assert.Equal([2.25, 0.4], Chart("loss", findings with { Epochs = [] }).Series.Single().Points[0]);
    }

    [Fact]
    public void A_run_without_an_epoch_says_so()
    {
        var html = RunPage.Of([SampleFindings.Of("a", accuracy: null) with { Epochs = [] }]).ToHtml();
        Assert.Contains("no epoch is done yet", html);
        Assert.Contains("No epoch is done yet", html);
    }

    [Fact]
    public void A_class_that_is_often_mistaken_has_fuller_cells_and_its_shares_in_the_table()
    {
        var test = new TestFindings(["cat", "dog"], [[30, 10], [0, 60]], []);
        var html = RunPage.Of([SampleFindings.Of("a", accuracy: 0.9) with { Test = test }]).ToHtml();
        Assert.Equal((100, 0.9), (test.Images, test.Accuracy));
        Assert.Contains("--share: 75%", html);
        Assert.Contains("--share: 25%", html);
        Assert.Contains("85.71", html); // precision of dog: 60 of 70
        Assert.Contains("as when training ended", html);
    }

    [Fact]
    public void A_network_that_does_otherwise_than_its_run_reported_is_called_out()
    {
        var html = RunPage.Of([SampleFindings.Of("a", accuracy: 0.8) with { Test = new TestFindings(["cat", "dog"], [[30, 10], [0, 60]], []) }]).ToHtml();
        Assert.Contains("where training ended with 80.00 %", html);
    }

    private static LineChart Chart(string id, RunFindings findings) =>
        RunPage.Of([findings]).Sections.SelectMany(section => section.Charts).OfType<LineChart>().Single(chart => chart.Id == id);
}
