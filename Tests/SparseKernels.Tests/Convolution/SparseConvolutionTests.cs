namespace SparseHybrid.Kernels.Tests;

public sealed unsafe class SparseConvolutionTests
{
    public static TheoryData<int> Levels => new(Enum.GetValues<VectorLevel>().Select(level => (int)level));

    [Theory]
    [MemberData(nameof(Levels))]
    public void Any_shape_at_any_share_of_zeros_gives_what_the_definition_gives(int level)
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var drawn = ConvolutionCase.Draw((seed * 4) + level);
            var input = drawn.Input;
            AssertClose(drawn.Expected(input), drawn.Run(drawn.Kernel((VectorLevel)level), input, SerialParallel.Instance), drawn);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Maps_larger_than_the_cache_and_layers_of_many_channels_give_what_the_definition_gives(int level)
    {
        var seed = 900_000;
        foreach (var (channels, outputs, kernel, stride, size, batch) in new[]
        {
            (64, 8, 3, 1, 32, 2), (64, 4, 3, 1, 50, 1), (128, 5, 3, 1, 16, 3), (256, 3, 3, 1, 8, 5), (512, 3, 3, 1, 4, 16), (512, 2, 3, 1, 2, 33),
            (256, 3, 3, 2, 16, 3), (3, 4, 7, 2, 97, 1), (64, 4, 1, 1, 32, 2), (300, 3, 1, 1, 20, 2), (512, 3, 1, 1, 2, 16), (200, 2, 1, 2, 33, 1),
        })
        {
            var geometry = new ConvolutionGeometry(channels, 1, kernel, kernel, stride, stride, kernel / 2, kernel / 2, kernel / 2, kernel / 2);
            var drawn = new ConvolutionCase(geometry, outputs, batch, size, size, 0.98, true, false, seed++);
            var input = drawn.Input;
            AssertClose(drawn.Expected(input), drawn.Run(drawn.Kernel((VectorLevel)level), input, SerialParallel.Instance), drawn);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pools_of_large_maps_of_first_layers_and_of_batches_are_those_of_the_convolution(int level)
    {
        var seed = 950_000;
        foreach (var (channels, outputs, kernel, stride, size, batch, pool) in new[]
        {
            (1, 20, 5, 1, 28, 64, 2), (20, 9, 5, 1, 12, 40, 2), (64, 6, 3, 1, 32, 2, 2), (64, 4, 3, 1, 51, 1, 2), (3, 4, 7, 2, 97, 1, 3), (256, 3, 3, 1, 8, 5, 2),
            (512, 3, 3, 1, 4, 16, 2), (64, 4, 1, 1, 32, 1, 2), (40, 3, 3, 1, 33, 1, 5),
        })
        {
            var geometry = new ConvolutionGeometry(channels, 1, kernel, kernel, stride, stride, PoolHeight: pool, PoolWidth: pool);
            var drawn = new ConvolutionCase(geometry, outputs, batch, size, size, 0.9, true, true, seed++);
            var input = drawn.Input;
            AssertClose(drawn.Expected(input), drawn.Run(drawn.Kernel((VectorLevel)level), input, SerialParallel.Instance), drawn);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Numbers_that_are_not_finite_reach_the_outputs_that_depend_on_them_and_no_other(int level)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var drawn = ConvolutionCase.Draw(100_000 + (seed * 4) + level);
            var input = drawn.Input;
            var random = new SplitMix(seed);
            foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                input[random.Next(input.Length)] = value;
            }

            AssertClose(drawn.Expected(input), drawn.Run(drawn.Kernel((VectorLevel)level), input, SerialParallel.Instance), drawn);
        }
    }

    [Fact]
    public void Parts_on_several_threads_give_the_same_bits()
    {
        foreach (var (channels, outputs, kernel, size, batch) in new[]
        {
            (64, 64, 3, 32, 1), (63, 64, 3, 40, 2), (64, 64, 3, 8, 3), (128, 100, 1, 16, 2), (256, 64, 3, 4, 16), (30, 64, 3, 8, 39),
        })
        {
            var drawn = new ConvolutionCase(new ConvolutionGeometry(channels, 1, kernel, kernel), outputs, batch, size, size, 0.9, true, true, channels);
            var (kernelOfCase, input) = (drawn.Kernel(VectorLevels.Best), drawn.Input);
            var serial = drawn.Run(kernelOfCase, input, SerialParallel.Instance);

            Assert.Equal(serial, drawn.Run(kernelOfCase, input, new PoolParallel(3)));
            Assert.Equal(serial, drawn.Run(kernelOfCase, input, new PoolParallel(16)));
        }
    }

    [Fact]
    public void One_kernel_serves_several_calls_at_once_and_sizes_that_change()
    {
        var geometry = new ConvolutionGeometry(24, 1, 3, 3, PadTop: 1, PadLeft: 1);
        var shared = new ConvolutionCase(geometry, 20, 1, 8, 8, 0.8, true, false, 5);
        var kernel = shared.Kernel(VectorLevels.Best);

        Parallel.For(0, 64, i =>
        {
            var drawn = shared with { Batch = 1 + (i % 3), Height = 4 + (i % 7), Width = 20 - (i % 5) };
            var input = drawn.Input;
            AssertClose(drawn.Expected(input), drawn.Run(kernel, input, SerialParallel.Instance), drawn);
        });
    }

    [Theory]
    [InlineData(16, 16, 2, 8, 1, false)] // panels
    [InlineData(16, 16, 2, 8, 2, false)] // and pools
    [InlineData(16, 16, 2, 8, 1, true)] // and an addend
    [InlineData(20, 16, 32, 12, 1, false)] // tiles of images
    [InlineData(20, 16, 32, 12, 2, false)]
    [InlineData(20, 16, 32, 12, 1, true)]
    [InlineData(512, 256, 1, 2, 1, false)] // a product over a small map
    public void A_call_takes_no_memory_from_the_collector(int channels, int outputs, int batch, int size, int pool, bool adds)
    {
        var geometry = new ConvolutionGeometry(channels, 1, 3, 3, PadTop: 1, PadLeft: 1, PadBottom: 1, PadRight: 1, PoolHeight: pool, PoolWidth: pool);
        var drawn = new ConvolutionCase(geometry, outputs, batch, size, size, 0.95, true, true, 3);
        var kernel = drawn.Kernel(VectorLevels.Best);
        var (x, y) = (drawn.Input, new float[batch * outputs * geometry.PooledHeight(size) * geometry.PooledWidth(size)]);
        fixed (float* input = x, output = y, addend = adds ? new float[y.Length] : null)
        {
            var least = long.MaxValue; // the runtime's own tables grow on this thread now and then
            for (var attempt = 0; attempt < 5; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 20; i++)
                {
                    kernel.Run(input, batch, size, size, addend, output, SerialParallel.Instance);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    [Fact]
    public void Batches_that_take_turns_take_no_memory_from_the_collector_either()
    {
        var drawn = new ConvolutionCase(new ConvolutionGeometry(512, 1, 3, 3, PadTop: 1, PadLeft: 1, PadBottom: 1, PadRight: 1), 64, 16, 2, 2, 0.9, true, true, 3);
        var kernel = drawn.Kernel(VectorLevels.Best);
        var (x, y) = (drawn.Input, new float[16 * 64 * 4]);
        fixed (float* input = x, output = y)
        {
            var least = long.MaxValue;
            for (var attempt = 0; attempt < 5; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var batch = 1; batch <= 16; batch++)
                {
                    kernel.Run(input, batch, 2, 2, null, output, SerialParallel.Instance);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    [Fact]
    public void Nothing_is_written_where_there_is_no_output()
    {
        var kernel = new SparseConvolution(new SparseMatrix(1, 9, [0, 0], [], []), null, false, new ConvolutionGeometry(1, 1, 3, 3), VectorLevels.Best);

        kernel.Run(null, 0, 8, 8, null, null, SerialParallel.Instance);
        kernel.Run(null, 1, 2, 8, null, null, SerialParallel.Instance);
        kernel.Run(null, 1, 8, 2, null, null, SerialParallel.Instance);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var weights = new SparseMatrix(2, 18, [0, 0, 0], [], []);

        Assert.Throws<ArgumentException>(() => new SparseConvolution(weights, null, false, new ConvolutionGeometry(3, 1, 3, 3), VectorLevels.Best));
        Assert.Throws<ArgumentException>(() => new SparseConvolution(weights, null, false, new ConvolutionGeometry(8, 4, 3, 3), VectorLevels.Best));
        Assert.Throws<ArgumentException>(() => new SparseConvolution(weights, [1f], false, new ConvolutionGeometry(2, 1, 3, 3), VectorLevels.Best));
    }

    private static void AssertClose(float[] expected, float[] actual, ConvolutionCase drawn)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var same = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 2e-5f * (1 + Math.Abs(expected[i]));
            if (!same)
            {
                Assert.Fail($"{drawn}: number {i} of {expected.Length} is {actual[i]}, not {expected[i]}.");
            }
        }
    }

    private sealed class PoolParallel(int threads) : IParallel
    {
        public int Threads => threads;

        public void For(int parts, delegate*<int, void*, void> body, void* state) => Parallel.For(0, parts, part => body(part, state));
    }
}
