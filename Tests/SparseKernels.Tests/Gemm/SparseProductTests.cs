namespace SparseHybrid.Kernels.Tests;

public sealed unsafe class SparseProductTests
{
    private static readonly double[] Zeros = [0.0, 0.3, 0.8, 0.95, 0.99, 1.0];

    public static TheoryData<int> Levels => [(int)VectorLevel.Scalar, (int)VectorLevel.Vector128, (int)VectorLevel.Vector256, (int)VectorLevel.Vector512];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Any_layer_of_any_batch_equals_the_sum_of_its_products(int level)
    {
        var random = new Random(level);
        for (var i = 0; i < 250; i++)
        {
            var (rows, columns, batch) = (random.Next(1, 90), random.Next(1, 150), random.Next(1, 80));
            var zeros = Zeros[random.Next(Zeros.Length)];
            var weights = WithIdleInputs(random, RandomMatrix.Dense(random, rows * columns, zeros), columns);
            var bias = random.Next(3) == 0 ? null : RandomMatrix.Dense(random, rows, 0.0);
            var x = RandomMatrix.Dense(random, batch * columns, 0.2);
            var relu = random.Next(2) == 0;
            IParallel parallel = random.Next(4) == 0 ? new ShuffledParallel(random.Next(2, 6)) : SerialParallel.Instance;

            var y = Run(SparseMatrix.FromDense(weights, rows, columns), bias, relu, (VectorLevel)level, x, batch, parallel);

            Outputs.AssertClose(Reference(weights, rows, columns, bias, relu, x, batch), y, $"case {i}: {rows} x {columns}, {zeros} zeros, batch {batch}");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Threads_share_large_layers_and_change_nothing(int level)
    {
        var random = new Random(3);
        var weights = RandomMatrix.Sparse(random, 300, 1500, 0.4);
        foreach (var batch in new[] { 1, 2, 6, 40 })
        {
            var x = RandomMatrix.Dense(random, batch * 1500, 0.0);

            var alone = Run(weights, null, false, (VectorLevel)level, x, batch, SerialParallel.Instance);
            var shared = Run(weights, null, false, (VectorLevel)level, x, batch, new ShuffledParallel(3));

            Assert.Equal(alone, shared);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Rows_of_very_different_length_and_rows_without_values_are_right(int level)
    {
        const int rows = 45;
        const int columns = 200;
        var random = new Random(4);
        var weights = RandomMatrix.Dense(random, rows * columns, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var row = i / columns;
            weights[i] = row % 3 == 0 || random.Next(rows) < row ? 0f : weights[i];
        }

        foreach (var batch in new[] { 1, 20 })
        {
            var x = RandomMatrix.Dense(random, batch * columns, 0.0);
            var y = Run(SparseMatrix.FromDense(weights, rows, columns), null, true, (VectorLevel)level, x, batch, SerialParallel.Instance);

            Outputs.AssertClose(Reference(weights, rows, columns, null, true, x, batch), y, $"batch {batch}");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Runs_allocate_nothing(int level)
    {
        var random = new Random(5);
        using var product = new SparseProduct(RandomMatrix.Sparse(random, 70, 90, 0.8), null, true, (VectorLevel)level);
        var (x, y) = (new float[33 * 90], new float[33 * 70]);
        fixed (float* input = x, output = y)
        {
            product.Run(input, 1, output, SerialParallel.Instance);
            product.Run(input, 33, output, SerialParallel.Instance);

            var least = long.MaxValue; // a collection that another thread starts counts what is left of this thread's block too
            for (var round = 0; round < 10 && least > 0; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    product.Run(input, 1, output, SerialParallel.Instance);
                    product.Run(input, 33, output, SerialParallel.Instance);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    private static float[] Run(SparseMatrix weights, float[]? bias, bool relu, VectorLevel level, float[] x, int batch, IParallel parallel)
    {
        using var product = new SparseProduct(weights, bias, relu, level);
        var guarded = new float[(batch * weights.Rows) + 32];
        guarded.AsSpan().Fill(float.NaN);
        fixed (float* input = x, output = guarded)
        {
            product.Run(input, batch, output, parallel);
        }

        Assert.All(guarded[^32..], value => Assert.True(float.IsNaN(value), "written behind the outputs"));
        return guarded[..^32];
    }

    private static float[] Reference(float[] weights, int rows, int columns, float[]? bias, bool relu, float[] x, int batch)
    {
        var y = new float[batch * rows];
        for (var i = 0; i < y.Length; i++)
        {
            var (sample, row) = Math.DivRem(i, rows);
            double sum = bias?[row] ?? 0f;
            for (var column = 0; column < columns; column++)
            {
                sum += (double)weights[(row * columns) + column] * x[(sample * columns) + column];
            }

            y[i] = relu ? (float)Math.Max(sum, 0.0) : (float)sum;
        }

        return y;
    }

    /// <summary>Sometimes a stretch of inputs that no weight uses.</summary>
    private static float[] WithIdleInputs(Random random, float[] weights, int columns)
    {
        if (random.Next(2) == 0)
        {
            var (start, end) = (random.Next(columns), random.Next(columns + 1));
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = i % columns >= start && i % columns < end ? 0f : weights[i];
            }
        }

        return weights;
    }
}
