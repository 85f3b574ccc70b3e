using SparseHybrid.Methods;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Sweeps;

/// <summary>Which runs a sweep consists of: every method with every value and every seed. Immutable.</summary>
public sealed record SweepOptions
{
    /// <summary>What varies along the path.</summary>
    public required SweepVariable Variable { get; init; }

    /// <summary>
    /// Its values, each once: strengths of 0 or more, or shares of zeros above 0 and below 1. With <see cref="WarmStart"/> the path
    /// is walked in this order.
    /// </summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Training methods with their settings, each name once; each must heed what varies.</summary>
    public required IReadOnlyList<MethodOptions> Methods { get; init; }

    /// <summary>Seeds, 0 or more, each once.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>
    /// Does a run begin with the weights that the run before it on the path (same method, same seed) ended with? Default no:
    /// every run starts from random weights and has the same budget, which is what a claim about training from scratch needs.
    /// With it, the k-th run of a path has had k budgets of training behind it, and the runs of a path follow each other.
    /// </summary>
    public bool WarmStart { get; init; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        SettingProblem.ThrowIfAny(
            [
                SettingProblem.Unless(Enum.IsDefined(Variable), nameof(Variable), Variable, "lambda or targetSparsity"),
                .. Values.Select(value => SettingProblem.Unless(IsLegal(value), nameof(Values), value, LegalValues)),
                .. Seeds.Select(seed => SettingProblem.Unless(seed >= 0, nameof(Seeds), seed, "0 or more")),
                Listed(nameof(Values), Values),
                .. Methods.Where(method => !Heeds(method)).Select(method => SettingProblem.Unless(false, nameof(Methods), $"{method.Name}", Heeding)),
                Listed(nameof(Methods), [.. Methods.Select(method => method.Name)]),
                Listed(nameof(Seeds), Seeds),
            ],
            "The settings of the sweep are out of range");
    }

    private string LegalValues => Variable == SweepVariable.Lambda ? "a finite number, 0 or more" : "above 0 and below 1";

    private string Heeding => Variable == SweepVariable.Lambda ? "methods with a penalty" : "methods with a penalty, or that prune to a share";

    private bool IsLegal(double value) => Variable == SweepVariable.Lambda ? value >= 0 && double.IsFinite(value) : value is > 0 and < 1;

    private bool Heeds(MethodOptions method) => method.HasPenalty || (Variable == SweepVariable.TargetSparsity && method.PrunesToTarget);

    private static SettingProblem? Listed<T>(string name, IReadOnlyList<T> items)
    {
        FormattableString list = $"[{string.Join(", ", items.Select(item => FormattableString.Invariant($"{item}")))}]";
        return SettingProblem.Unless(items.Count > 0 && items.Distinct().Count() == items.Count, name, list, "at least one, each once");
    }
}
