using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

/// <summary>Results of runs, for tests of what is made of them.</summary>
internal static class SweepRuns
{
    public static SweepRun Of(string method, double lambda, long seed, double accuracy, double zeros) => new(
        $"{method}-{seed}", method, lambda, null, seed, "random", 10, accuracy, 0.5, 0.25, zeros, 1000, 2000, 1.5);
}
