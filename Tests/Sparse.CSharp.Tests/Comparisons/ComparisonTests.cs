using SparseHybrid.Comparisons;
using SparseHybrid.Sweeps;
using SparseHybrid.Tests.Support;
using SparseHybrid.Tests.Sweeps;

namespace SparseHybrid.Tests.Comparisons;

public sealed class ComparisonTests : IDisposable
{
    private readonly TemporaryFolder files = new();
    private readonly ComparisonRecipe recipe;

    public ComparisonTests() => recipe = ComparisonRecipe.Parse(
        $$"""
        {
          "title": "A made-up comparison", "about": "Of two.", "seeds": [1, 2], "targets": [0.8],
          "training": { "data": "mnist", "dataFolder": "{{DigitsFolder.Write(files)}}", "options": { "epochs": 2, "batchSize": 32 } },
          "arms": [
            { "name": "gradual-pruning", "role": "subject" },
            { "name": "rigl" },
            { "name": "dense", "role": "control", "training": { "options": { "method": { "name": "sgd" } } } },
            { "name": "dense-equal-size", "role": "control", "equalSize": true }
          ]
        }
        """,
        "the test");

    public void Dispose() => files.Dispose();

    [Fact]
    public void It_trains_every_arm_and_says_what_follows()
    {
        var folder = Create();
        var trainer = new RecordingTrainer();
        var report = Comparison.Run(folder, trainer);
        Assert.True(report.IsComplete);
        Assert.Equal(folder.Runs.Select(folder.PathOf), trainer.Assignments.Select(assignment => assignment.Settings.RunPath));
        Assert.Equal(["gradual-pruning", "rigl", "dense", "dense-equal-size"], report.Rows.Select(row => row.Arm));
        Assert.Equal(["rigl", "dense", "dense-equal-size"], report.Pairs.Select(pair => pair.Arm));
        var (sparse, narrow) = (report.Rows[0], report.Rows[3]);
        Assert.Equal(0.8, sparse.Sparsity.Mean, tolerance: ComparisonRow.Tolerance);
        Assert.InRange(narrow.Nonzeros.Mean / sparse.Nonzeros.Mean, 0.9, 1.1);
        Assert.Equal(report.Runs[0].Result.TestAccuracy - report.Runs[2].Result.TestAccuracy + report.Runs[1].Result.TestAccuracy - report.Runs[3].Result.TestAccuracy,
            2 * report.Pairs[0].Accuracy!.Mean, tolerance: 1e-12);
        Assert.NotNull(report.Verdict);
        Assert.All(report.Rows, row => Assert.True(row.ProcessorSeconds > 0));

        var markdown = File.ReadAllText(folder.FileOf("compare.md"));
        Assert.StartsWith("# A made-up comparison\n\nOf two.\n\n## Verdict\n\nThat gradual-pruning is more accurate than the comparators: ", markdown);
        Assert.Contains("| dense | – | 2 | 2 | ", markdown);
        Assert.Contains("| 80 % | rigl | comparator | ", markdown);
        Assert.Equal(5, File.ReadAllLines(folder.FileOf("compare.csv")).Length);
    }

    [Fact]
    public void Going_on_after_a_cancellation_gives_the_report_of_the_one_that_was_left_alone()
    {
        var whole = Comparison.Run(ComparisonFolder.Create(files.File("whole"), Record()), new RecordingTrainer());
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Comparison.Run(Create(), new RecordingTrainer { Stop = (source, 5) }, null, source.Token));

        var trainer = new RecordingTrainer();
        var report = Comparison.Run(ComparisonFolder.Open(files.File("comparison")), trainer);
        Assert.Equal([true, false, false, false, false, false], trainer.Assignments.Select(assignment => assignment.Resume));
        Assert.Equal(whole.Pairs, report.Pairs);
        Assert.Equal(whole.Verdict!.Sentences, report.Verdict!.Sentences);
    }

    [Fact]
    public void A_run_that_fails_is_named_and_the_others_are_compared()
    {
        var report = Comparison.Run(Create(), new RecordingTrainer { Failing = "rigl-zeros-0.8-seed-2" });
        Assert.False(report.IsComplete);
        Assert.Equal([new SweepFailure("runs/rigl-zeros-0.8-seed-2", "It was told to fail.")], report.Failed);
        Assert.Equal(1, report.Pairs[0].Accuracy!.Pairs);
    }

    [Fact]
    public void A_folder_knows_its_recipe()
    {
        var folder = Create();
        Assert.True(folder.IsOf(recipe));
        Assert.False(ComparisonFolder.Open(folder.Path).IsOf(recipe with { Seeds = [1, 3] }));
        Assert.Contains("already exists", Assert.Throws<RunException>(Create).Message);
        Assert.Contains("not the folder of a comparison", Assert.Throws<RunException>(() => ComparisonFolder.Open(files.File("nothing"))).Message);
    }

    private ComparisonFolder Create() => ComparisonFolder.Create(files.File("comparison"), Record());

    private ComparisonRecord Record() => new() { Recipe = recipe, Data = DataShape.Of(recipe), Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
}
