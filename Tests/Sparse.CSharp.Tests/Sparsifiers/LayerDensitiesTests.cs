using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class LayerDensitiesTests
{
    private static readonly long[][] LeNet = [[300, 784], [100, 300], [10, 100]];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counts_add_up_exactly_and_no_layer_gets_more_than_it_has(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 200; trial++)
        {
            var shapes = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Shape(random)).ToList();
            var sizes = shapes.Select(Size).ToList();
            var kept = random.NextInt64(0, sizes.Sum() + 1);
            foreach (var distribution in Enum.GetValues<DensityDistribution>())
            {
                var counts = LayerDensities.KeptCounts(distribution, shapes, kept);

                Assert.Equal(kept, counts.Sum());
                Assert.All(counts.Zip(sizes), layer => Assert.InRange(layer.First, 0, layer.Second));
            }
        }
    }

    [Fact]
    public void Uniform_keeps_the_same_share_everywhere()
    {
        Assert.Equal([23520, 3000, 100], LayerDensities.KeptCounts(DensityDistribution.Uniform, LeNet, 26620));
    }

    [Fact]
    public void Erdos_Renyi_keeps_in_proportion_to_inputs_plus_outputs()
    {
        // (300 + 784) e + (100 + 300) e + (10 + 100) e = 1594 e
        Assert.Equal([2168, 800, 220], LayerDensities.KeptCounts(DensityDistribution.ErdosRenyi, LeNet, 2 * 1594));
    }

    [Fact]
    public void Full_layers_leave_their_excess_to_the_others()
    {
        // The last layer would get 110 e, e = 26620 / 1594, but has 1000; the others share the rest as 1084 to 400.
        var counts = LayerDensities.KeptCounts(DensityDistribution.ErdosRenyi, LeNet, 26620);

        Assert.Equal(1000, counts[2]);
        Assert.Equal(25620 * 1084.0 / 1484, counts[0], 1.0);
        Assert.Equal(25620 * 400.0 / 1484, counts[1], 1.0);
    }

    [Fact]
    public void The_kernel_form_adds_the_sizes_of_the_kernel_and_equals_the_other_on_linear_layers()
    {
        long[][] convolutions = [[16, 3, 3, 3], [32, 16, 5, 5]];
        Assert.Equal([25, 58], LayerDensities.KeptCounts(DensityDistribution.ErdosRenyiKernel, convolutions, 83));
        Assert.Equal(
            LayerDensities.KeptCounts(DensityDistribution.ErdosRenyi, LeNet, 9999),
            LayerDensities.KeptCounts(DensityDistribution.ErdosRenyiKernel, LeNet, 9999));
    }

    [Fact]
    public void Erdos_Renyi_gives_every_position_of_a_kernel_the_same_density()
    {
        // e (16 + 3) 9 + e (32 + 16) 25 = 1371 e
        long[][] convolutions = [[16, 3, 3, 3], [32, 16, 5, 5]];
        Assert.Equal([171, 1200], LayerDensities.KeptCounts(DensityDistribution.ErdosRenyi, convolutions, 1371));
    }

    private static long[] Shape(Random random) => random.Next(3) switch
    {
        0 => [random.Next(1, 50)],
        1 => [random.Next(1, 50), random.Next(1, 50)],
        _ => [random.Next(1, 20), random.Next(1, 20), 3, 3],
    };

    private static long Size(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
