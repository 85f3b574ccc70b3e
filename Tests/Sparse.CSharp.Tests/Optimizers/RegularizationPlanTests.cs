using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Optimizers;

public sealed class RegularizationPlanTests
{
    private static readonly Regularizer OfRun = Regularizers.AdaptiveL1(1e-3, 500, 9.5, Grouping.Element);

    [Fact]
    public void The_first_group_that_takes_in_a_parameter_counts()
    {
        var plan = Plan(
            new ParameterGroup { Pattern = "fc1.*", Strength = 0.5, Grouping = Grouping.Row },
            new ParameterGroup { Pattern = "*", Regularizer = Regularizers.L1(1), Strength = 0.25 });

        Assert.Equal(Regularizers.AdaptiveL1(0.5, 500, 9.5, Grouping.Row), plan.Of("fc1.weight"));
        Assert.Equal(Regularizers.L1(0.25), plan.Of("fc2.weight"));
        Assert.Equal(Regularizers.Zero(), plan.Of("fc2.bias")); // the policy of the run spares it
    }

    [Fact]
    public void A_group_has_a_policy_of_its_own()
    {
        var plan = Plan(
            new ParameterGroup { Pattern = "fc1.*", Policy = RegularizationPolicy.Everything },
            new ParameterGroup { Pattern = "fc2.*", Policy = RegularizationPolicy.Nothing });

        Assert.Equal((OfRun, OfRun), (plan.Of("fc1.weight"), plan.Of("fc1.bias")));
        Assert.Equal(Regularizers.Zero(), plan.Of("fc2.weight"));
    }

    [Fact]
    public void A_predicate_narrows_a_pattern()
    {
        var plan = Plan(new ParameterGroup { Pattern = "*", Where = (_, parameter) => parameter.numel() > 20, Strength = 1 });

        Assert.Contains(OfRun, new[] { plan.Of("fc1.weight"), plan.Of("fc2.weight") });
        Assert.Contains(RegularizerModule.WithStrength(1, OfRun), new[] { plan.Of("fc1.weight"), plan.Of("fc2.weight") });
    }

    [Fact]
    public void A_group_that_takes_in_nothing_is_refused_with_the_names_that_there_are()
    {
        var message = Assert.Throws<ArgumentException>(() => Plan(new ParameterGroup { Pattern = "conv*" })).Message;

        Assert.Contains("'conv*'", message);
        Assert.Contains("fc1.weight, fc1.bias", message);
    }

    [Fact]
    public void A_penalty_of_strength_0_is_none_but_counts_as_regularised()
    {
        using var model = SmallNetwork.Create();
        var plan = new RegularizationPlan(model.named_parameters(), RegularizerModule.WithStrength(0, OfRun));

        Assert.Equal(Regularizers.Zero(), plan.Of("fc1.weight"));
        Assert.True(plan.Policy.Covers("fc1.weight", model.get_parameter("fc1.weight")!));
        var entriesFree = new RegularizationPlan(model.named_parameters(), Regularizers.SparseGroupLasso(0, 1, Grouping.Row));
        Assert.Equal(Regularizers.SparseGroupLasso(0, 1, Grouping.Row), entriesFree.Of("fc1.weight"));
    }

    private static RegularizationPlan Plan(params ParameterGroup[] groups)
    {
        using var model = SmallNetwork.Create();
        return new RegularizationPlan(model.named_parameters(), OfRun, groups);
    }
}
