using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public class OutputAgreementTests
{
    [Fact]
    public void The_largest_difference_and_the_largest_output_are_those_of_all_outputs()
    {
        var agreement = OutputAgreement.Of(Outputs(("a", [1, -8]), ("b", [2])), Outputs(("a", [1.5f, -8]), ("b", [4])));
        Assert.Equal(new OutputAgreement(2, 8, null), agreement);
    }

    [Fact]
    public void Outputs_of_the_same_names_are_compared_whatever_their_order() =>
        Assert.Equal(0, OutputAgreement.Of(Outputs(("a", [1]), ("b", [2, 3])), Outputs(("b", [2, 3]), ("a", [1]))).MaxAbsDifference);

    [Fact]
    public void Outputs_of_other_names_are_compared_in_their_order() =>
        Assert.Equal(0.5, OutputAgreement.Of(Outputs(("a", [1]), ("b", [2, 3])), Outputs(("b", [1]), ("c", [2, 3.5f]))).MaxAbsDifference);

    [Fact]
    public void What_keeps_outputs_from_being_compared_is_said()
    {
        var expected = Outputs(("a", [1, 2]));
        Assert.Equal("it has 2 outputs and the other 1", OutputAgreement.Of(expected, Outputs(("a", [1, 2]), ("b", [3]))).Obstacle);
        Assert.Equal("its output has 3 numbers where 'a' of the other has 2", OutputAgreement.Of(expected, Outputs(("a", [1, 2, 3]))).Obstacle);
        Assert.Equal("its input is 1x5 and the other's 1x4", OutputAgreement.Of(expected, expected with { InputShape = [1, 5] }).Obstacle);
        Assert.Null(OutputAgreement.Of(expected, expected with { InputShape = [1, 5] }).MaxAbsDifference);
    }

    [Fact]
    public void A_number_that_only_one_has_is_infinitely_far() =>
        Assert.Equal(double.PositiveInfinity, OutputAgreement.Of(Outputs(("a", [1])), Outputs(("a", [float.NaN]))).MaxAbsDifference);

    private static ModelOutputs Outputs(params (string Name, float[] Numbers)[] values) => new([1, 4], values);
}
