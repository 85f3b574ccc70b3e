using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Methods;
using SparseHybrid.Sweeps;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Tests.Report.Findings;

public sealed class RunsAsSweepTests
{
    private static readonly SparseTrainerOptions Plain = new() { Epochs = 2 };

    [Fact]
    public void Runs_that_differ_by_their_seed_and_by_what_changes_no_result_are_of_one_setting()
    {
        var front = FrontTable.Of(RunsAsSweep.Of(
        [
            SampleFindings.Of("a", Plain with { Seed = 1 }),
            SampleFindings.Of("b", Plain with { Seed = 2, Threads = 4, KeptCheckpoints = 7 }),
            SampleFindings.Of("c", Plain.WithStrength(1e-4)),
        ]));
        Assert.Equal([("xrda", 2), ("xrda", 1)], front.OrderByDescending(entry => entry.Seeds).Select(entry => (entry.Method, entry.Seeds)));
    }

    [Fact]
    public void Runs_of_other_settings_networks_or_methods_are_told_apart()
    {
        var sweep = RunsAsSweep.Of(
        [
            SampleFindings.Of("a", Plain),
            SampleFindings.Of("b", Plain with { BatchSize = 64 }),
            SampleFindings.Of("c", Plain, model: "mlp"),
            SampleFindings.Of("d", Plain with { Method = new ProximalSgdOptions() }),
        ]);
        Assert.Equal(
            ["xrda, lenet-300-100, settings 1", "xrda, lenet-300-100, settings 2", "xrda, mlp", "proximal-sgd, lenet-300-100"], sweep.Select(run => run.Method));
    }

    [Fact]
    public void Runs_that_are_not_finished_have_no_part_in_it_and_targets_are_no_lambdas()
    {
        var sweep = RunsAsSweep.Of([SampleFindings.Of("a", accuracy: null), SampleFindings.Of("b", Plain.WithTargetSparsity(0.95)), SampleFindings.Of("c")]);
        Assert.Equal(["b", "c"], sweep.Select(run => run.Run));
        Assert.Equal((null, 0.95), (sweep[0].Lambda, sweep[0].TargetSparsity));
        Assert.Equal("Zeros asked for (0..1) or Lambda", RunsAsSweep.SettingOf(sweep));
    }
}
