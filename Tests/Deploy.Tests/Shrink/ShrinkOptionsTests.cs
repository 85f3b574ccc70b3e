using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Shrink;

public class ShrinkOptionsTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 8)]
    [InlineData(8, 8)]
    [InlineData(16, 12)] // there are no more
    public void Widths_are_rounded_up_with_units_that_could_go(int multiple, int expected)
    {
        var random = new Random(1);
        var rows = RandomFloats(random, 12 * 3);
        rows.AsSpan(5 * 3).Clear(); // 7 of 12 units
        var model = new SequentialGraph(3)
            .Gemm("fc1", 12, rows, RandomFloats(random, 12)).Then("Relu").Gemm("fc2", 2, RandomFloats(random, 24), [1, 2]).Build(2);

        var result = ModelShrinker.Shrink(model, new ShrinkOptions { RoundTo = multiple });

        Assert.Equal([expected, 2], result.Layers.Select(layer => layer.UnitsAfter));
        AssertClose(Run(model), Run(result.Model));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_multiple_out_of_range_is_refused(int multiple)
    {
        var model = new SequentialGraph(1).Gemm("fc", 1, [1]).Build(1);

        var error = Assert.Throws<ArgumentException>(() => ModelShrinker.Shrink(model, new ShrinkOptions { RoundTo = multiple }));

        Assert.Contains("1 to 1024", error.Message, StringComparison.Ordinal);
    }
}
