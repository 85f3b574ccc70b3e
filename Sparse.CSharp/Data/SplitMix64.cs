namespace SparseHybrid.Data;

/// <summary>
/// A small random number generator whose whole state is one number. It serves the order of the batches, which therefore
/// depends on nothing but the seed: neither on libtorch's generators nor on the .NET release.
/// </summary>
/// <remarks>Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators (OOPSLA 2014); constants of its figure 17.</remarks>
public struct SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    /// <summary>A random number from 0 up to, but not including, 1: a multiple of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A random number from 0 to bound - 1, each equally likely.</summary>
    /// <param name="bound">At least 1.</param>
    /// <remarks>Lemire, Fast Random Integer Generation in an Interval (2019): the high half of a product, biased draws rejected.</remarks>
    public ulong NextBelow(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var high = Math.BigMul(Next(), bound, out var low);
        if (low < bound)
        {
            var biased = (0 - bound) % bound;
            while (low < biased)
            {
                high = Math.BigMul(Next(), bound, out low);
            }
        }

        return high;
    }

    /// <summary>Spreads the bits of a number over all 64; a bijection.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
