using SparseHybrid.Comparisons;
using SparseHybrid.Methods;

namespace SparseHybrid.Tests.Comparisons;

public sealed class ComparisonRecipeTests
{
    private const string Whole = """
        {
          "title": "two methods", // comments are allowed
          "seeds": [1, 2],
          "targets": [0.9],
          "training": { "options": { "epochs": 2, "batchSize": 64 } },
          "arms": [
            { "name": "xrda", "role": "subject" },
            { "name": "late", "training": { "options": { "method": { "name": "gradual-pruning", "begin": 0.5 } } } },
          ]
        }
        """;

    [Fact]
    public void An_arm_trains_as_the_recipe_says_with_what_is_its_own()
    {
        var recipe = ComparisonRecipe.Parse(Whole, "the test");
        var (first, second) = (recipe.SettingsOf(recipe.Arms[0]).Options, recipe.SettingsOf(recipe.Arms[1]).Options);
        Assert.Equal(new XrdaOptions(), first.Method);
        Assert.Equal(new GradualPruningOptions { Begin = 0.5 }, second.Method);
        Assert.Equal((2, 64, 1), (second.Epochs, second.BatchSize, second.Threads!.Value));
    }

    [Theory]
    [InlineData("\"seeds\"", "\"sedes\"", "there is no setting 'sedes'; nearest is 'seeds'")]
    [InlineData("\"xrda\"", "\"xrad\"", "There is no method 'xrad'; nearest is 'xrda'")]
    [InlineData("\"subject\"", "\"control\"", "0 arms have the role 'subject'")]
    [InlineData("\"subject\"", "\"object\"", "role is \"object\", expected subject, comparator, control or start")]
    [InlineData("\"late\"", "\"xrda\"", "two arms are called 'xrda'")]
    [InlineData("\"late\"", "\"too late\"", "expected letters, digits and hyphens")]
    [InlineData("\"late\",", "\"late\", \"startsFrom\": \"early\",", "starts from 'early', and no arm has the role 'start'")]
    [InlineData("\"late\",", "\"late\", \"lambdas\": [],", "lambdas of 'late' must be")]
    [InlineData("[0.9]", "[0.9, 1]", "targets is [0.9, 1], expected shares above 0 and below 1")]
    [InlineData("[1, 2]", "[1, 1]", "seeds must be")]
    [InlineData("[1, 2]", "[1.5]", "seeds[0] is 1.5, expected a whole number")]
    public void Mistakes_are_named(string right, string wrong, string expected) => Assert.Contains(
        expected,
        Assert.Throws<ConfigurationException>(() => ComparisonRecipe.Parse(Whole.Replace(right, wrong), "the test")).Message,
        StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("\"batchSize\"", "\"batchSise\"", "nearest is 'batchSize'")]
    [InlineData("\"begin\"", "\"beginn\"", "nearest is 'begin'")]
    [InlineData("\"gradual-pruning\"", "\"gradual-prunning\"", "nearest is 'gradual-pruning'")]
    public void Mistakes_in_training_settings_are_named_too(string right, string wrong, string expected)
    {
        var recipe = ComparisonRecipe.Parse(Whole.Replace(right, wrong), "the test");
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => recipe.SettingsOf(recipe.Arms[1])).Message);
    }
}
