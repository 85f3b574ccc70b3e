namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Standard normal numbers (Box and Muller), the same for the same seed.</summary>
internal static class StandardNormal
{
    public static float[] Draw(Random random, long count)
    {
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())); // 1 - u is never 0
            values[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
