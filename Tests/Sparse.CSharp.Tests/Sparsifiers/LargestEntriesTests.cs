using SparseHybrid.Sparsifiers;
using TorchSharp;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class LargestEntriesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Selects_exactly_as_many_as_asked_and_none_below_one_left_out(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 30; trial++)
        {
            // Few distinct values: most of the work is in the ties.
            var values = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => Enumerable.Range(0, random.Next(1, 40)).Select(_ => (float)random.Next(-3, 6)).ToArray())
                .ToList();
            var flat = values.SelectMany(layer => layer).ToArray();
            var count = random.Next(0, flat.Length + 1);

            using var scope = torch.NewDisposeScope();
            var masks = LargestEntries.Of([.. values.Select(layer => torch.tensor(layer))], count);

            var selected = masks.SelectMany(mask => mask.data<bool>().ToArray()).ToArray();
            var expected = Enumerable.Range(0, flat.Length).OrderByDescending(index => flat[index]).Take(count).ToHashSet();
            Assert.Equal(Enumerable.Range(0, flat.Length).Select(expected.Contains), selected);
        }
    }

    [Fact]
    public void Masks_have_the_shapes_of_the_scores()
    {
        using var scope = torch.NewDisposeScope();

        var masks = LargestEntries.Of([torch.tensor(new float[] { 1, 5, 2, 4, 3, 0 }).reshape(2, 3), torch.tensor(new float[] { 6, -1 })], 3);

        Assert.Equal([2, 3], masks[0].shape);
        Assert.Equal([false, true, false, true, false, false], masks[0].data<bool>().ToArray());
        Assert.Equal([true, false], masks[1].data<bool>().ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Refuses_counts_that_do_not_fit(int count)
    {
        using var scores = torch.tensor(new float[] { 1, 2 });
        Assert.Contains("from 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => LargestEntries.Of(scores, count)).Message);
    }
}
