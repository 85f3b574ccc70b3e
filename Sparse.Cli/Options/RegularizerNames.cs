using SparseHybrid.Optim;

namespace SparseHybrid.Cli.Options;

/// <summary>The numbers that options of the command line give a regularizer; not every one uses all of them.</summary>
internal sealed record RegularizerNumbers(double Strength, double MaximumFactor, double TimeScale, Grouping Grouping);

/// <summary>The regularizers that --regularizer knows.</summary>
internal static class RegularizerNames
{
    private static readonly (string Name, Func<RegularizerNumbers, Regularizer> Create)[] Known =
    [
        ("adaptive-l1", numbers => Regularizers.AdaptiveL1(numbers.Strength, numbers.MaximumFactor, numbers.TimeScale, numbers.Grouping)),
        ("adaptive-group-lasso", numbers => Regularizers.AdaptiveGroupLasso(numbers.Strength, numbers.MaximumFactor, numbers.TimeScale, numbers.Grouping)),
        ("l1", numbers => Regularizers.L1(numbers.Strength)),
        ("group-lasso", numbers => Regularizers.GroupLasso(numbers.Strength, numbers.Grouping)),
        ("sparse-group-lasso", numbers => Regularizers.SparseGroupLasso(numbers.Strength, numbers.Strength, numbers.Grouping)),
        ("l0", numbers => Regularizers.L0(numbers.Strength)),
        ("l-half", numbers => Regularizers.LHalf(numbers.Strength)),
        ("mcp", numbers => Regularizers.Mcp(numbers.Strength, concavity: 3)),
        ("scad", numbers => Regularizers.Scad(numbers.Strength, concavity: 3.7)),
        ("l-infinity", numbers => Regularizers.LInfinityNorm(numbers.Strength)),
        ("nuclear-norm", numbers => Regularizers.NuclearNorm(numbers.Strength)),
        ("none", _ => Regularizers.Zero()),
    ];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The regularizer of this name.</summary>
    public static Regularizer Create(string name, RegularizerNumbers numbers) => Array.Find(Known, known => known.Name == name).Create(numbers);

    /// <summary>The numbers of a regularizer, the defaults where it has none.</summary>
    public static RegularizerNumbers Numbers(Regularizer regularizer, double lambda)
    {
        var strength = RegularizerModule.FindStrength(regularizer) ?? lambda;
        return regularizer switch
        {
            Regularizer.AdaptiveL1 { options: var options } => new(strength, options.MaximumFactor, options.TimeScale, options.Grouping),
            Regularizer.AdaptiveGroupLasso { options: var options } => new(strength, options.MaximumFactor, options.TimeScale, options.Grouping),
            Regularizer.GroupLasso lasso => new(strength, 500, 9.5, lasso.grouping),
            Regularizer.SparseGroupLasso lasso => new(strength, 500, 9.5, lasso.grouping),
            Regularizer.LogGroupNorm norm => new(strength, 500, 9.5, norm.grouping),
            _ => new(strength, 500, 9.5, Grouping.Element),
        };
    }

    /// <summary>The same regularizer with other numbers; null where it has not got those that differ.</summary>
    public static Regularizer? With(Regularizer former, RegularizerNumbers numbers)
    {
        var present = Numbers(former, numbers.Strength);
        var changed = former switch
        {
            Regularizer.AdaptiveL1 => Create("adaptive-l1", numbers),
            Regularizer.AdaptiveGroupLasso => Create("adaptive-group-lasso", numbers),
            _ when numbers.MaximumFactor != present.MaximumFactor || RegularizerModule.FindStrength(former) is null => null,
            _ => RegularizerModule.WithGrouping(numbers.Grouping, RegularizerModule.WithStrength(numbers.Strength, former)),
        };
        var isAsWanted = changed is not null && Numbers(changed, numbers.Strength).Grouping.Equals(numbers.Grouping);
        return isAsWanted || numbers == present ? changed ?? former : null;
    }
}
