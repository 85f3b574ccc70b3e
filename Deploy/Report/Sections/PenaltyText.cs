using System.Text.Json.Nodes;
using SparseHybrid.Optim;
using SparseHybrid.Sweeps;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>A penalty in words: its name and its numbers, without the strength, which moves during a run or is called lambda.</summary>
internal static class PenaltyText
{
    private const string Strength = "strength";

    public static string Of(Regularizer regularizer)
    {
        var json = JsonNode.Parse(RegularizerJson.ToJson(regularizer))!;
        return json is JsonObject penalty ? Text(penalty) : $"{json}";
    }

    /// <summary>What was set: the strength, or the share of zeros that it was to lead to.</summary>
    public static string Setting(SparseTrainerOptions options) => options.TargetSparsity is { } target
        ? $"asking for {Figures.Percent(target.Share)} % zeros"
        : $"lambda {SweepValue.ToText(SweepVariable.Lambda, options.Strength)}";

    // AdaptiveL1 (maximum factor 500, grouping Element): numbers that stand one level deeper come up.
    private static string Text(JsonObject penalty)
    {
        var settings = penalty.Where(item => item.Key != "case").SelectMany(Settings).ToList();
        return settings.Count == 0 ? $"{penalty["case"]}" : $"{penalty["case"]} ({string.Join(", ", settings)})";
    }

    private static IEnumerable<string> Settings(KeyValuePair<string, JsonNode?> item) => item switch
    {
        (Strength, _) => [],
        (_, JsonObject nested) when !nested.ContainsKey("case") => nested.SelectMany(Settings),
        _ => [$"{Words(item.Key)} {item.Value}"],
    };

    // maximumFactor becomes maximum factor.
    private static string Words(string camelCase) => string.Concat(camelCase.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
