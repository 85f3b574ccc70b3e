using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class LayerLawTests
{
    [Fact]
    public void Within_its_bounds_a_layer_has_the_lambda_of_the_run()
    {
        var state = Run(new LayerSparsity { Pattern = "*", AtLeast = 0.1, AtMost = 0.99 }, _ => 0.5, ofRun: 0.7);

        Assert.Equal(0.7, state.LogFactor);
    }

    [Fact]
    public void A_layer_with_too_many_zeros_gets_less_and_one_with_too_few_more()
    {
        Assert.True(Run(new LayerSparsity { Pattern = "*", AtMost = 0.8 }, _ => 0.95, ofRun: 0.7).LogFactor < -2);
        Assert.True(Run(new LayerSparsity { Pattern = "*", AtLeast = 0.8 }, _ => 0.5, ofRun: 0.7).LogFactor > 3);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void Equal_bounds_hold_a_layer_to_a_share_whatever_the_run_does(double share)
    {
        // Zeros answer at once: share = 1 - exp(-lambda).
        var state = Run(
            new LayerSparsity { Pattern = "*", AtLeast = share, AtMost = share }, logFactor => 1 - Math.Exp(-Math.Exp(logFactor)), ofRun: 2);

        Assert.Equal(Math.Log(-Math.Log(1 - share)), state.LogFactor, 2);
    }

    [Fact]
    public void A_bound_that_did_not_rule_for_long_takes_over_soon()
    {
        var law = new LayerLaw(new LayerSparsity { Pattern = "*", AtMost = 0.8 }, tolerance: 0.005, SparsityPath.OfWeights);
        var state = LayerLaw.State.Start(0);
        for (var i = 1; i <= 960; i++)
        {
            state = law.Next(state, Seen(i, i <= 900 ? 0 : 0.95), ofRun: 0);
            Assert.True(i > 900 || state.LogFactor == 0);
        }

        Assert.True(state.LogFactor < -0.3);
    }

    [Fact]
    public void A_state_comes_back_from_its_numbers()
    {
        var state = Run(new LayerSparsity { Pattern = "*", AtLeast = 0.2, AtMost = 0.8 }, _ => 0.9, ofRun: 1);

        Assert.Equal(LayerLaw.State.Size, state.ToNumbers().Length);
        Assert.Equal(state, LayerLaw.State.Of(state.ToNumbers()));
    }

    private static LayerLaw.State Run(LayerSparsity bounds, Func<double, double> shareAt, double ofRun)
    {
        var law = new LayerLaw(bounds, tolerance: 0.005, SparsityPath.OfWeights);
        var state = LayerLaw.State.Start(ofRun);
        for (var i = 1; i <= 1000; i++)
        {
            state = law.Next(state, Seen(i, shareAt(state.LogFactor)), ofRun);
        }

        return state;
    }

    private static SparsityObservation Seen(int thousandths, double share) => new(thousandths / 1000.0, share, StepSize: 0.1);
}
