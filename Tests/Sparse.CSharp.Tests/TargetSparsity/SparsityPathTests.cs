using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class SparsityPathTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void Paths_rise_from_no_zeros_to_the_target_and_stay(double target)
    {
        foreach (var path in new[] { SparsityPath.OfWeights, SparsityPath.OfGroups })
        {
            var shares = Shares(path, target);

            Assert.Equal(0, shares[0], 12);
            Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
            Assert.All(shares.Skip(90), share => Assert.Equal(target, share, 12));
            Assert.True(shares[60] > 0.7 * target);
        }
    }

    [Fact]
    public void Groups_vanish_later_than_weights_and_are_followed_loosely_on_the_way()
    {
        var (weights, groups) = (Shares(SparsityPath.OfWeights, 0.9), Shares(SparsityPath.OfGroups, 0.9));

        Assert.True(groups[10] < 0.1 && weights[10] > 0.4);
        Assert.Equal(0, SparsityPath.OfWeights.Leeway(0.5));
        Assert.True(SparsityPath.OfGroups.Leeway(0.5) > SparsityPath.OfGroups.Leeway(0.8));
        Assert.Equal(0, SparsityPath.OfGroups.Leeway(SparsityPath.Arrival), 12);
    }

    private static List<double> Shares(SparsityPath path, double target) =>
        [.. Enumerable.Range(0, 101).Select(i => 1 - Math.Exp(path.LogDensity(target, i / 100.0)))];
}
