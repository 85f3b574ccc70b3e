using SparseHybrid.Sparsifiers;
using TorchSharp;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class DropAndGrowTests
{
    private static readonly bool[] Mask = [true, true, false, true, true, false, true, true];

    [Fact]
    public void The_smallest_weights_go_whatever_lies_outside_the_mask()
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.tensor(new float[] { 3, -1, 9, 0.5f, -2, 0, 0, 1 });

        var kept = DropAndGrow.DropSmallest(weight, torch.tensor(Mask), dropped: 3);

        // 0 and 0.5 go, and of the two of magnitude 1 the later one.
        Assert.Equal([true, true, false, false, true, false, false, false], kept.data<bool>().ToArray());
    }

    [Fact]
    public void The_same_share_of_positive_and_negative_weights_goes()
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.tensor(new float[] { 1, 2, 3, 4, -0.1f, -0.2f, -0.3f, -0.4f });

        var kept = DropAndGrow.DropNearestZero(weight, torch.ones(8, torch.ScalarType.Bool), share: 0.5);

        Assert.Equal([false, false, true, true, false, false, true, true], kept.data<bool>().ToArray());
    }

    [Fact]
    public void Weights_come_where_scores_are_highest_and_none_of_those_present_goes()
    {
        using var scope = torch.NewDisposeScope();
        var scores = torch.tensor(new float[] { 0, 0, 7, 0, 0, 8, 0, 0 });

        var grown = DropAndGrow.Grow(torch.tensor(Mask), scores, kept: 7);

        Assert.Equal([true, true, false, true, true, true, true, true], grown.data<bool>().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_drop_and_a_growth_keep_the_number_of_weights(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 20; trial++)
        {
            using var scope = torch.NewDisposeScope();
            var weight = torch.tensor(Enumerable.Range(0, 60).Select(_ => (float)random.Next(-9, 10)).ToArray()).reshape(6, 10);
            var mask = torch.tensor(Enumerable.Range(0, 60).Select(_ => random.Next(3) == 0).ToArray()).reshape(6, 10);
            var scores = torch.tensor(Enumerable.Range(0, 60).Select(_ => (float)random.Next(5)).ToArray()).reshape(6, 10);
            var before = DropAndGrow.CountOf(mask);

            var kept = DropAndGrow.DropNearestZero(weight, mask, random.NextDouble());
            var after = DropAndGrow.Grow(kept, scores, before);

            Assert.Equal(before, DropAndGrow.CountOf(after));
            Assert.Equal(0, DropAndGrow.CountOf(kept.logical_and(mask.logical_not())));
            Assert.Equal(0, DropAndGrow.CountOf(kept.logical_and(after.logical_not())));
        }
    }
}
