using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class ValidationSplitTests
{
    [Fact]
    public void The_parts_are_disjoint_and_together_everything()
    {
        using var data = SyntheticImages.Create();
        var (remaining, heldOut) = ValidationSplit.Of(data.Train, 0.25, seed: 3);
        using var first = remaining;
        using var second = heldOut;

        Assert.Equal((long)Math.Round(0.25 * data.Train.Count), heldOut.Count);
        Assert.Equal(Rows(data.Train).Order(), Rows(remaining).Concat(Rows(heldOut)).Order());
        Assert.Empty(Rows(remaining).Intersect(Rows(heldOut)));
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        using var data = SyntheticImages.Create();

        Assert.Equal(HeldOut(1), HeldOut(1));
        Assert.NotEqual(HeldOut(1), HeldOut(2));

        List<string> HeldOut(long seed)
        {
            var (remaining, heldOut) = ValidationSplit.Of(data.Train, 0.1, seed);
            using var first = remaining;
            using var second = heldOut;
            return Rows(heldOut);
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.999999)]
    public void A_part_without_images_is_refused(double share)
    {
        using var data = SyntheticImages.Create();

        Assert.Throws<ArgumentException>(() => ValidationSplit.Of(data.Train, share, seed: 1));
    }

    private static List<string> Rows(LabelledImages images) =>
        [.. Enumerable.Range(0, (int)images.Count).Select(index =>
        {
            using var row = images.Inputs(index, 1);
            return string.Join(',', row.data<float>().ToArray());
        })];
}
