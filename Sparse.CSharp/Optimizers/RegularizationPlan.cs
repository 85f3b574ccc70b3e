using SparseHybrid.Optim;
using TorchSharp.Modules;

namespace SparseHybrid.Optimizers;

/// <summary>Which penalty each parameter of a network gets.</summary>
public sealed class RegularizationPlan
{
    private readonly Dictionary<string, Regularizer> covered = [];

    /// <summary>A plan for named parameters.</summary>
    /// <param name="parameters">As <c>module.named_parameters()</c> gives them. Borrowed.</param>
    /// <param name="regularizer">The penalty of the parameters that no group takes in.</param>
    /// <param name="groups">Parameters with a penalty of their own; of several that take in a parameter the first one counts. Null: none.</param>
    /// <param name="policy">Which parameters the penalty applies to; null: <see cref="RegularizationPolicy.WeightsOnly"/>.</param>
    /// <exception cref="ArgumentException">A group takes in no parameter, or a regularizer does not fit.</exception>
    public RegularizationPlan(
        IEnumerable<(string name, Parameter parameter)> parameters,
        Regularizer regularizer,
        IReadOnlyList<ParameterGroup>? groups = null,
        RegularizationPolicy? policy = null)
    {
        groups ??= [];
        policy ??= RegularizationPolicy.WeightsOnly;
        var named = parameters.ToList();
        var idle = groups.FirstOrDefault(group => !named.Any(item => group.Includes(item.name, item.parameter)));
        if (idle is not null)
        {
            throw new ArgumentException(
                $"The group '{idle.Pattern}' takes in no parameter; there are: {string.Join(", ", named.Select(item => item.name))}.", nameof(groups));
        }

        foreach (var (name, parameter) in named)
        {
            var group = groups.FirstOrDefault(group => group.Includes(name, parameter));
            if ((group?.Policy ?? policy).Covers(name, parameter))
            {
                covered.Add(name, group?.Apply(regularizer) ?? regularizer);
            }
        }

        Policy = new RegularizationPolicy(groups.Count == 0 ? policy.Name : $"{policy.Name}, {groups.Count} groups", (name, _) => covered.ContainsKey(name));
    }

    /// <summary>Which parameters the plan regularises, whatever the strength.</summary>
    public RegularizationPolicy Policy { get; }

    /// <summary>The penalty of a parameter; none for one that the plan spares. A penalty of strength 0 is none.</summary>
    /// <param name="name">Its name.</param>
    public Regularizer Of(string name)
    {
        var regularizer = covered.GetValueOrDefault(name) ?? Regularizers.Zero();
        var isOff = RegularizerModule.FindStrength(regularizer) is not null && RegularizerModule.ScaleStrength(0.0, regularizer).Equals(regularizer);
        return isOff ? Regularizers.Zero() : regularizer;
    }
}
