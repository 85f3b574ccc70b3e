using SparseHybrid.Data;

namespace SparseHybrid.Tests.Data;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_first_numbers_are_those_of_the_published_generator()
    {
        var random = new SplitMix64(1234567);
        ulong[] numbers = [random.Next(), random.Next(), random.Next(), random.Next(), random.Next()];

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            numbers);
    }

    [Fact]
    public void Numbers_below_a_bound_are_spread_evenly()
    {
        const int Draws = 60_000;
        var random = new SplitMix64(7);
        var counts = new int[6];
        for (var i = 0; i < Draws; i++)
        {
            counts[random.NextBelow(6)]++;
        }

        var chiSquare = counts.Sum(count => Math.Pow(count - Draws / 6.0, 2) / (Draws / 6.0));
        Assert.InRange(chiSquare, 0, 20.5); // 5 degrees of freedom: exceeded once in 1000 seeds, and this seed is fixed
    }

    [Fact]
    public void Numbers_stay_below_a_bound_that_rejects_half_of_the_draws()
    {
        const ulong Bound = (1UL << 63) + 1;
        var random = new SplitMix64(3);
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(random.NextBelow(Bound) < Bound);
        }
    }

    [Fact]
    public void A_bound_of_zero_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix64(1).NextBelow(0));
}
