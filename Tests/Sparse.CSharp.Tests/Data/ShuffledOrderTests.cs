using FsCheck;
using FsCheck.Fluent;
using SparseHybrid.Data;

namespace SparseHybrid.Tests.Data;

public sealed class ShuffledOrderTests
{
    [Fact]
    public void Every_order_is_a_permutation() =>
        Prop.ForAll(
            Gen.Choose(1, 300).ToArbitrary(),
            Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
            Gen.Choose(0, 1000).ToArbitrary(),
            (count, seed, epoch) => ShuffledOrder.ForEpoch(seed, epoch, count).Order().SequenceEqual(Enumerable.Range(0, count).Select(i => (long)i)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch()
    {
        Assert.Equal(ShuffledOrder.ForEpoch(5, 3, 100), ShuffledOrder.ForEpoch(5, 3, 100));
        Assert.NotEqual(ShuffledOrder.ForEpoch(5, 3, 100), ShuffledOrder.ForEpoch(5, 4, 100));
        Assert.NotEqual(ShuffledOrder.ForEpoch(5, 3, 100), ShuffledOrder.ForEpoch(6, 3, 100));
        Assert.NotEqual(ShuffledOrder.ForEpoch(5, 3, 100), ShuffledOrder.ForEpoch(3, 5, 100));
    }

    [Fact]
    public void Every_item_comes_first_equally_often()
    {
        var firsts = Enumerable.Range(0, 5000).Select(epoch => ShuffledOrder.ForEpoch(1, epoch, 5)[0]).ToList();

        Assert.All(Enumerable.Range(0, 5), item => Assert.InRange(firsts.Count(first => first == item), 900, 1100));
    }
}
