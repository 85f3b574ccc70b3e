using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels.Tests;

/// <summary>One convolution with its input, drawn from a seed.</summary>
internal sealed unsafe record ConvolutionCase(ConvolutionGeometry Geometry, int Outputs, int Batch, int Height, int Width, double Zeros, bool HasBias, bool Relu, int Seed)
{
    private const long MostMultiplications = 1_000_000; // of one case, so that the reference is quick
    private const int Guard = 64;
    private const float Untouched = 12345f;

    /// <summary>Any shape: small and odd, as wide as vectors, strided, dilated, padded on one side only, grouped.</summary>
    public static ConvolutionCase Draw(int seed)
    {
        var random = new SplitMix(seed);
        int Up(int most) => random.Next(most + 1);
        int OneOf(params int[] values) => values[random.Next(values.Length)];

        var group = OneOf(1, 1, 1, 2, 3, 4);
        var isPointwise = Up(3) == 0;
        var (kernelHeight, kernelWidth) = isPointwise ? (1, 1) : (OneOf(1, 2, 3, 3, 3, 5), OneOf(1, 2, 3, 3, 3, 7));
        var (dilationHeight, dilationWidth) = (OneOf(1, 1, 1, 2, 3), OneOf(1, 1, 1, 2, 3));
        var pads = isPointwise && Up(1) == 0 ? new int[4] : [Up(3), Up(3), Up(3), Up(3)];
        var geometry = new ConvolutionGeometry(
            group * (1 + Up(OneOf(3, 3, 12))), group, kernelHeight, kernelWidth, OneOf(1, 1, 1, 2, 3), OneOf(1, 1, 1, 2, 3),
            pads[0], pads[1], pads[2], pads[3], dilationHeight, dilationWidth);
        if (Up(2) == 0)
        {
            geometry = geometry with { PoolHeight = OneOf(1, 2, 2, 2, 3, 4), PoolWidth = OneOf(1, 2, 2, 2, 3, 4) };
        }

        var height = Math.Max(OneOf(1, 2, 3, 4, 5, 7, 8, 14, 16, 17, 33), ((kernelHeight - 1) * dilationHeight) + 1 - geometry.PadTop - geometry.PadBottom);
        var width = Math.Max(OneOf(1, 2, 3, 4, 5, 7, 8, 9, 14, 16, 17, 31, 32, 50), ((kernelWidth - 1) * dilationWidth) + 1 - geometry.PadLeft - geometry.PadRight);
        var outputs = group * (1 + Up(6));
        var multiplications = (long)outputs * geometry.WeightColumns * geometry.OutputHeight(height) * geometry.OutputWidth(width);
        var batch = (int)Math.Clamp(MostMultiplications / multiplications, 1, OneOf(1, 1, 2, 3, 4, 8, 16, 17, 35));
        return new ConvolutionCase(geometry, outputs, batch, height, width, OneOf(0, 50, 80, 90, 95, 99, 100) / 100.0, Up(1) == 0, Up(1) == 0, seed);
    }

    public float[] Weights => Numbers(Seed + 1, Outputs * Geometry.WeightColumns, Zeros);

    public float[]? Bias => HasBias ? Numbers(Seed + 2, Outputs, 0) : null;

    public float[] Input => Numbers(Seed + 3, Batch * Geometry.Channels * Height * Width, 0.1);

    /// <summary>What is added to the output, in every third case without pools.</summary>
    public float[]? Addend => Geometry.HasPools || Seed % 3 != 0 ? null : Numbers(Seed + 4, OutputCount, 0);

    private int OutputCount => Batch * Outputs * Geometry.PooledHeight(Height) * Geometry.PooledWidth(Width);

    public float[] Expected(float[] input)
    {
        var addend = Addend;
        var sums = ReferenceConvolution.Run(Weights, Outputs, Bias, Relu && addend is null, Geometry, input, Batch, Height, Width);
        return addend is null ? sums : [.. sums.Zip(addend, (sum, added) => Relu && sum + added < 0 ? 0 : sum + added)];
    }

    public SparseConvolution Kernel(VectorLevel level) =>
        new(SparseMatrix.FromDense(Weights, Outputs, Geometry.WeightColumns), Bias, Relu, Geometry, level);

    /// <summary>Runs the kernel on the input with nothing but guards around the output.</summary>
    public float[] Run(SparseConvolution kernel, float[] input, IParallel parallel)
    {
        var guarded = new float[OutputCount + (2 * Guard)];
        Array.Fill(guarded, Untouched);
        var x = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, input.Length) * sizeof(float), 64);
        input.CopyTo(new Span<float>(x, input.Length));
        fixed (float* y = guarded, addend = Addend)
        {
            kernel.Run(x, Batch, Height, Width, addend, y + Guard, parallel);
        }

        NativeMemory.AlignedFree(x);
        Assert.False(guarded.AsSpan(..Guard).ContainsAnyExcept(Untouched));
        Assert.False(guarded.AsSpan(^Guard..).ContainsAnyExcept(Untouched));
        return guarded[Guard..^Guard];
    }

    private static float[] Numbers(int seed, int count, double zeros)
    {
        var random = new SplitMix(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() < zeros ? 0f : (random.NextSingle() * 2f) - 1f)];
    }
}
