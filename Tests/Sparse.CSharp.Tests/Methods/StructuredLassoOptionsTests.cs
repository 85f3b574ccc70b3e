using SparseHybrid.Methods;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Methods;

public sealed class StructuredLassoOptionsTests
{
    [Fact]
    public void Filters_and_units_vanish_as_a_whole_or_not_at_all()
    {
        using var runs = new PruningRuns();
        var options = (PruningRuns.Options(new StructuredLassoOptions()) with { TargetSparsity = null }).WithStrength(0.03);
        runs.Train(options, (model, _) =>
        {
            var zerosOfRows = model.named_parameters()
                .Where(item => item.Item2.dim() >= 2)
                .SelectMany(item => item.Item2.detach().flatten(1).eq(0).sum(1).data<long>().ToArray().Select(zeros => (double)zeros / (item.Item2.numel() / item.Item2.shape[0])))
                .ToList();
            Assert.All(zerosOfRows, share => Assert.True(share is 0 or 1));
            Assert.Contains(1.0, zerosOfRows);
            Assert.Contains(0.0, zerosOfRows);
        });
    }
}
