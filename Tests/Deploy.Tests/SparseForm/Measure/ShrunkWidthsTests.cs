using SparseHybrid.Deploy.SparseForm.Measure;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.SparseForm.Measure;

public sealed class ShrunkWidthsTests
{
    [Fact]
    public void Widths_that_no_block_fits_are_tried_rounded_up_too()
    {
        var tried = ShrunkWidths.Tried(OddWidths.Model(alive: 9));
        Assert.Equal((1, 9), (tried[0].RoundTo, tried[0].Shrunk.Layers[0].UnitsAfter));
        Assert.InRange(tried.Count, 2, 3);
        Assert.All(tried.Skip(1), widths => Assert.Equal((0, true), (widths.Shrunk.Layers[0].UnitsAfter % widths.RoundTo, widths.RoundTo is 4 or 8 or 16)));
        Assert.Distinct(tried.Select(widths => widths.Shrunk.Layers[0].UnitsAfter));
    }

    [Fact]
    public void Widths_that_come_to_the_same_are_tried_once()
    {
        Assert.Equal([1], ShrunkWidths.Tried(OddWidths.Model(alive: 16)).Select(widths => widths.RoundTo));
        Assert.Equal([1], ShrunkWidths.Tried(PartlySparse.Model()).Select(widths => widths.RoundTo));
    }

    [Fact]
    public void A_norm_is_folded_once_what_else_read_its_input_has_gone()
    {
        var graph = new SequentialGraph(2, 4, 4).Conv("conv", 3, 2, RandomFloats(new Random(1), 6));
        var convolved = graph.Current;
        var idle = graph.Conv("idle", 3, 3, new float[9]).Current;
        graph.Continue(convolved).BatchNorm("norm", [2, 3, 4], [1, 2, 3], [3, 2, 1], [1, 4, 9]);
        var widths = ShrunkWidths.Of(graph.Join("Add", graph.Current, idle).Build(3, 4, 4), 1);
        Assert.Equal("Conv", Assert.Single(widths.Model.Graph.Node).OpType);
        Assert.Equal(2, widths.Model.Graph.Initializer.Count);
    }
}
