namespace SparseHybrid.Kernels.Tests;

/// <summary>A convolution as ONNX defines it, pixel by pixel, summed in double precision; weights of 0 take no part.</summary>
internal static class ReferenceConvolution
{
    public static float[] Run(float[] weights, int outputs, float[]? bias, bool relu, ConvolutionGeometry g, float[] x, int batch, int height, int width) =>
        Pool(Convolve(weights, outputs, bias, relu, g, x, batch, height, width), batch * outputs, g, g.OutputHeight(height), g.OutputWidth(width));

    private static float[] Pool(float[] y, int maps, ConvolutionGeometry g, int rows, int columns)
    {
        var (pooledRows, pooledColumns) = (rows / g.PoolHeight, columns / g.PoolWidth);
        return [.. Enumerable.Range(0, maps * pooledRows * pooledColumns).Select(Greatest)];

        float Greatest(int i)
        {
            var (map, row, column) = (i / (pooledRows * pooledColumns), i / pooledColumns % pooledRows * g.PoolHeight, i % pooledColumns * g.PoolWidth);
            var greatest = float.NegativeInfinity;
            for (var place = 0; place < g.PoolHeight * g.PoolWidth; place++)
            {
                greatest = MathF.Max(greatest, y[(((map * rows) + row + (place / g.PoolWidth)) * columns) + column + (place % g.PoolWidth)]);
            }

            return greatest;
        }
    }

    private static float[] Convolve(
        float[] weights, int outputs, float[]? bias, bool relu, ConvolutionGeometry g, float[] x, int batch, int height, int width)
    {
        var (rows, columns) = (g.OutputHeight(height), g.OutputWidth(width));
        var (groupInputs, groupOutputs) = (g.Channels / g.Group, outputs / g.Group);
        var y = new float[batch * outputs * rows * columns];
        for (var (at, n) = (0, 0); n < batch; n++)
        {
            for (var o = 0; o < outputs; o++)
            {
                var taps = Taps(weights, g, o, o / groupOutputs * groupInputs).ToArray();
                for (var row = 0; row < rows; row++)
                {
                    for (var column = 0; column < columns; column++)
                    {
                        var sum = (double)(bias?[o] ?? 0f);
                        foreach (var (value, channel, kernelRow, kernelColumn) in taps)
                        {
                            var (r, c) = ((row * g.StrideHeight) - g.PadTop + (kernelRow * g.DilationHeight), (column * g.StrideWidth) - g.PadLeft + (kernelColumn * g.DilationWidth));
                            if (r >= 0 && r < height && c >= 0 && c < width)
                            {
                                sum += (double)value * x[(((((n * g.Channels) + channel) * height) + r) * width) + c];
                            }
                            else
                            {
                                sum += (double)value * 0;
                            }
                        }

                        y[at++] = relu && sum < 0 ? 0f : (float)sum;
                    }
                }
            }
        }

        return y;
    }

    private static IEnumerable<(float Value, int Channel, int Row, int Column)> Taps(float[] weights, ConvolutionGeometry g, int output, int firstChannel)
    {
        for (var i = 0; i < g.WeightColumns; i++)
        {
            var value = weights[(output * g.WeightColumns) + i];
            if (value != 0f)
            {
                yield return (value, firstChannel + (i / (g.KernelHeight * g.KernelWidth)), i / g.KernelWidth % g.KernelHeight, i % g.KernelWidth);
            }
        }
    }
}
