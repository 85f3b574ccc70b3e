namespace SparseHybrid.Kernels.Tests;

/// <summary>
/// Random numbers from a seed by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): tests that need thousands of generators would spend
/// their time setting up System.Random.
/// </summary>
internal sealed class SplitMix(int seed)
{
    private ulong state = (ulong)seed * 0x2545F4914F6CDD1D;

    /// <summary>A whole number from 0 to before <paramref name="end"/>.</summary>
    public int Next(int end) => (int)(Next() % (ulong)end);

    /// <summary>A number from 0 to before 1.</summary>
    public float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    private ulong Next()
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
