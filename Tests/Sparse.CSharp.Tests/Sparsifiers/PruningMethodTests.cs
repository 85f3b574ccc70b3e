using SparseHybrid.Methods;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Sparsifiers;

/// <summary>What holds for every method that prunes to the share of zeros asked for.</summary>
public sealed class PruningMethodTests : IDisposable
{
    private readonly PruningRuns runs = new();

    public static TheoryData<string> Methods => new(Names);

    private static IEnumerable<string> Names => MethodOptions.Names.Where(name => MethodOptions.Create(name).PrunesToTarget);

    public void Dispose() => runs.Dispose();

    [Fact]
    public void There_are_eight() => Assert.Equal(8, Names.Count());

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_ends_with_the_zeros_asked_for(string method)
    {
        foreach (var share in new[] { 0.3, 0.8 })
        {
            runs.Train(PruningRuns.Options(MethodOptions.Create(method), share), (_, report) =>
            {
                // Channels go as a whole: with the fewest that give the share, at most 9 + 90 or 90 + 16 weights more.
                var excess = report.Sparsity * 1150 - Math.Round(share * 1150);
                Assert.InRange(excess, 0, method == "network-slimming" ? 105 : 0);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_that_is_interrupted_and_resumed_gives_the_same_bits(string method)
    {
        var options = PruningRuns.Options(MethodOptions.Create(method));
        var uninterrupted = runs.Train(options);

        foreach (var step in new[] { 1, 7, 12, 16, 23 })
        {
            Assert.Equal(uninterrupted, runs.TrainWithBreak(options, step));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_without_a_share_of_zeros_is_refused(string method)
    {
        var options = PruningRuns.Options(MethodOptions.Create(method)) with { TargetSparsity = null };

        Assert.Contains("TargetSparsity", Assert.Throws<ArgumentException>(options.Validate).Message);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Adaptive_weights_and_lambda_of_the_run_mean_nothing(string method)
    {
        var options = PruningRuns.Options(MethodOptions.Create(method));

        Assert.Equal(runs.Train(options), runs.Train(options.WithStrength(0.1)));
    }
}
