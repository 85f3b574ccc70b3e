using SparseHybrid.Sparsifiers;
using TorchSharp;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class KthLargestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Radix_selection_equals_sorting_and_libtorch(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 50; trial++)
        {
            var values = Enumerable.Range(0, random.Next(1, 300)).Select(_ => Value(random)).ToArray();
            var k = random.Next(1, values.Length + 1);
            using var tensor = torch.tensor(values);
            using var byTensors = KthLargest.ByTensors(tensor, k);

            var found = KthLargest.Of(values, k);

            Assert.Equal(values.OrderDescending().ElementAt(k - 1), found);
            Assert.Equal(byTensors.item<float>(), found);
        }
    }

    [Fact]
    public void Infinities_are_largest_and_smallest_and_both_zeros_are_one()
    {
        float[] values = [0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -1f];
        float[] sorted = [float.PositiveInfinity, float.Epsilon, 0f, 0f, -1f, float.NegativeInfinity];

        Assert.Equal(sorted, Enumerable.Range(1, values.Length).Select(k => KthLargest.Of(values, k)));
    }

    [Fact]
    public void Other_dtypes_go_to_libtorch()
    {
        using var values = torch.tensor(new[] { 3.5, -1.0, 2.0 });
        using var found = KthLargest.Of(values, 2);
        Assert.Equal(2.0, found.item<double>());
    }

    // Magnitudes of every order, both signs, and repeats.
    private static float Value(Random random) => random.Next(4) switch
    {
        0 => random.Next(-2, 3),
        1 => 0f,
        _ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-40, 38))),
    };
}
