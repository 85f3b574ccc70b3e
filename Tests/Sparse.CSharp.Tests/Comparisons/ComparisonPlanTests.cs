using SparseHybrid.Comparisons;
using SparseHybrid.Schedules;

namespace SparseHybrid.Tests.Comparisons;

public sealed class ComparisonPlanTests
{
    private static readonly DataShape Shape = new(10, [1, 28, 28]);

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(RecipesFolder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    private static string RecipesFolder => Path.Combine(AppContext.BaseDirectory, "recipes");

    [Fact]
    public void Runs_are_begun_starts_first_then_value_by_value()
    {
        var plan = Plan("""{ "name": "dense-half", "role": "start", "training": { "options": { "epochs": 1, "method": { "name": "sgd" } } } }""",
            """{ "name": "tuned", "startsFrom": "dense-half", "training": { "options": { "epochs": 1, "method": { "name": "xrda" } } } }""",
            """{ "name": "dense", "role": "control", "training": { "options": { "method": { "name": "sgd" } } } }""",
            """{ "name": "rda", "lambdas": [1e-5] }""");
        Assert.Equal(
            [
                "dense-half-seed-7", "xrda-zeros-0.9-seed-7", "tuned-zeros-0.9-seed-7", "dense-seed-7", "rda-lambda-1e-5-seed-7",
                "xrda-zeros-0.99-seed-7", "tuned-zeros-0.99-seed-7",
            ],
            plan.Runs.Select(run => run.Name));
        Assert.Equal([null, null, "dense-half-seed-7", null, null, null, "dense-half-seed-7"], plan.Runs.Select(run => run.Start));
        Assert.Equal([1, 2, 1, 2, 2, 2, 1], plan.Runs.Select(run => plan.Epochs[run.Name]));

        var settings = plan.Runs.Select(run => plan.SettingsOf(run, "run", start => $"{start}/weights")).ToList();
        Assert.Equal((0.99, "dense-half-seed-7/weights"), (settings[6].Options.TargetSparsity!.Share, settings[6].Weights));
        Assert.Equal((null, null, 7L), (settings[3].Options.TargetSparsity, settings[3].Weights, settings[3].Options.Seed));
        Assert.Equal((1e-5, new ConstantSchedule()), (settings[4].Options.Strength, settings[4].Options.Schedule));
    }

    [Fact]
    public void Unequal_budgets_are_refused() => Assert.Contains(
        "unequal budgets in epochs, those of their starts included: xrda 2, rigl 3",
        Assert.Throws<ConfigurationException>(() => Plan("""{ "name": "rigl", "training": { "options": { "epochs": 3 } } }""")).Message);

    [Fact]
    public void What_cannot_be_trained_is_left_out_with_the_reason()
    {
        var plan = Plan("""{ "name": "network-slimming" }""", """{ "name": "narrow", "role": "control", "equalSize": true, "training": { "model": "lenet-5" } }""");
        Assert.Equal(["xrda-zeros-0.9-seed-7", "xrda-zeros-0.99-seed-7"], plan.Runs.Select(run => run.Name));
        Assert.Equal(["network-slimming", "narrow"], plan.LeftOut.Select(arm => arm.Arm));
        Assert.Contains("normalisation", plan.LeftOut[0].Reason);
        Assert.Contains("lenet-5", plan.LeftOut[1].Reason);
    }

    [Theory]
    [InlineData("""{ "name": "dense", "lambdas": [1], "training": { "options": { "method": { "name": "sgd" } } } }""", "has lambdas, and sgd has no penalty")]
    [InlineData("""{ "name": "rigl", "lambdas": [1] }""", "rigl has no penalty")]
    [InlineData("""{ "name": "rigl", "training": { "options": { "batchSize": 0 } } }""", "BatchSize is 0")]
    [InlineData("""{ "name": "rigl", "training": { "model": "lenet-6" } }""", "There is no model 'lenet-6'")]
    public void What_does_not_fit_is_refused_before_anything_is_trained(string arm, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Plan(arm)).Message);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_recipe_that_is_shipped_can_be_planned(string name)
    {
        var recipe = ComparisonRecipe.Read(Path.Combine(RecipesFolder, $"{name}.json"));
        var shape = name.StartsWith("cifar", StringComparison.Ordinal) ? new DataShape(name.StartsWith("cifar-100-", StringComparison.Ordinal) ? 100 : 10, [3, 32, 32]) : Shape;
        var plan = ComparisonPlan.Of(recipe, shape);
        Assert.Contains(plan.Runs, run => run.Arm == recipe.Arms.Single(arm => arm.Role == ArmRole.Subject).Name);
        Assert.True(recipe.About.Length > 0);
        Assert.Empty(plan.LeftOut.Select(arm => arm.Arm).Except(["network-slimming", "dense-equal-size"]));
    }

    private static ComparisonPlan Plan(params string[] arms) => ComparisonPlan.Of(
        ComparisonRecipe.Parse(
            $$"""
            {
              "title": "made up", "seeds": [7], "targets": [0.9, 0.99], "training": { "options": { "epochs": 2 } },
              "arms": [ { "name": "xrda", "role": "subject" }, {{string.Join(", ", arms)}} ]
            }
            """,
            "the test"),
        Shape);
}
