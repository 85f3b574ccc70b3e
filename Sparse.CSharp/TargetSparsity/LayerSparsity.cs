using SparseHybrid.Optimizers;

namespace SparseHybrid.TargetSparsity;

/// <summary>Bounds on the share of zeros in single parameters, each of those that the pattern describes on its own. Immutable.</summary>
public sealed record LayerSparsity
{
    /// <summary>Names of parameters, as <c>named_parameters()</c> gives them: * stands for any run of characters, ? for one. "*" bounds every layer.</summary>
    public required string Pattern { get; init; }

    /// <summary>Zeros / weights of the parameter at the end, at the least; above 0 and below 1. Default null: no bound.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Zeros / weights of the parameter at the end, at the most; above 0 and below 1. Default null: no bound.</summary>
    public double? AtMost { get; init; }

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        Pattern.Length > 0 ? null : new SettingProblem(nameof(Pattern), "''", "a name or a pattern of names"),
        SettingProblem.Unless(AtLeast is null or (> 0 and < 1), nameof(AtLeast), AtLeast ?? 0, "a number above 0 and below 1"),
        SettingProblem.Unless(AtMost is null or (> 0 and < 1), nameof(AtMost), AtMost ?? 0, "a number above 0 and below 1"),
        SettingProblem.Unless(!(AtLeast > AtMost), nameof(AtLeast), AtLeast ?? 0, $"at most {nameof(AtMost)}"),
        AtLeast is null && AtMost is null ? new SettingProblem(nameof(AtLeast), "not set", $"a bound: {nameof(AtLeast)}, {nameof(AtMost)} or both") : null,
    ];
}
