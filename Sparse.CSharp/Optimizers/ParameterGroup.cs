using System.Text.Json.Serialization;
using SparseHybrid.Optim;
using TorchSharp;

namespace SparseHybrid.Optimizers;

/// <summary>Parameters that are regularised in a way of their own. Immutable.</summary>
public sealed record ParameterGroup
{
    /// <summary>
    /// Names of the parameters, as <c>named_parameters()</c> gives them: * stands for any run of characters, ? for one. "conv*" takes
    /// in conv1.weight and conv1.bias, "*.fc1.weight" that of every block.
    /// </summary>
    public required string Pattern { get; init; }

    /// <summary>A further condition, by name and value; only for programs: a record cannot tell of it. Default null: none.</summary>
    [JsonIgnore]
    public Func<string, torch.Tensor, bool>? Where { get; init; }

    /// <summary>Which of the parameters found are regularised. Default null: the policy of the run.</summary>
    public RegularizationPolicy? Policy { get; init; }

    /// <summary>lambda in place of that of the run, 0 or more. Default null: the same.</summary>
    public double? Strength { get; init; }

    /// <summary>What vanishes together, in place of the run's grouping. Default null: the same.</summary>
    public Grouping? Grouping { get; init; }

    /// <summary>The whole penalty in place of that of the run; <see cref="Strength"/> and <see cref="Grouping"/> then change this one. Default null: the same.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>Whether the group takes in a parameter.</summary>
    internal bool Includes(string name, torch.Tensor parameter) => NamePattern.Matches(Pattern, name) && (Where?.Invoke(name, parameter) ?? true);

    /// <summary>The penalty of the group, made from that of the run.</summary>
    internal Regularizer Apply(Regularizer ofRun)
    {
        var regularizer = Regularizer ?? ofRun;
        regularizer = Strength is { } strength ? RegularizerModule.WithStrength(strength, regularizer) : regularizer;
        return Grouping is { } grouping ? RegularizerModule.WithGrouping(grouping, regularizer) : regularizer;
    }

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems(Regularizer ofRun) =>
    [
        Pattern.Length > 0 ? null : new SettingProblem(nameof(Pattern), "''", "a name or a pattern of names"),
        SettingProblem.UnlessAtLeast(0, nameof(Strength), Strength ?? 0)
            ?? SettingProblem.OfAttempt(nameof(Regularizer), RegularizerJson.ToJson(Regularizer ?? ofRun), () => RegularizerModule.Validate(Apply(ofRun))),
    ];
}
