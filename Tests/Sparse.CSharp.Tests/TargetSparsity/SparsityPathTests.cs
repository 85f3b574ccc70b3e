using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class SparsityPathTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void The_path_rises_from_no_zeros_to_the_target_and_stays(double target)
    {
        var shares = Enumerable.Range(0, 101).Select(i => 1 - Math.Exp(SparsityPath.LogDensity(target, i / 100.0))).ToList();

        Assert.Equal(0, shares[0], 12);
        Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.All(shares.Skip(90), share => Assert.Equal(target, share, 12));
        Assert.True(shares[60] > 0.8 * target);
    }
}
