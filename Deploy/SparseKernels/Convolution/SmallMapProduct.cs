using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>
/// A convolution over a map of a few pixels as one product of matrices: a row for each pixel of each channel of the output, with the weights
/// whose places lie within the map. For a sample or two of 2 x 2 pixels, which leave most of a vector of pixels empty.
/// </summary>
internal sealed unsafe class SmallMapProduct
{
    private const int LeastWeights = 1 << 14; // that are not zero: below, little is to be gained
    private const long MostValues = 1 << 21; // of the product
    private const int MostPixelsOfSample = 1 << 13; // of the convolution, where they are pooled: on the stack
    private const double CyclesOfValue = 0.8; // of a product with a vector, measured on one processor

    private readonly SparseProduct product;
    private readonly ConvolutionGeometry geometry;
    private readonly int channels;
    private readonly int rows;
    private readonly int columns;
    private readonly int inputFloats;

    /// <summary>Packs the product for inputs of one size.</summary>
    public SmallMapProduct(SparseMatrix weights, float[]? bias, bool relu, ConvolutionGeometry geometry, int height, int width, VectorLevel level)
    {
        (this.geometry, channels) = (geometry, weights.Rows);
        (rows, columns) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        inputFloats = geometry.Channels * height * width;
        var pixels = rows * columns;
        var biasOfRows = bias is null ? null : Enumerable.Range(0, channels * pixels).Select(row => bias[row / pixels]).ToArray();
        product = new SparseProduct(Matrix(weights, geometry, height, width), biasOfRows, relu, level);
    }

    /// <summary>Whether the product should take less time than something else.</summary>
    /// <param name="weights">The weights of the convolution.</param>
    /// <param name="geometry">The window and the pools.</param>
    /// <param name="batch">Images.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="level">The vectors to use.</param>
    /// <param name="cyclesOtherwise">Cycles that something else takes.</param>
    public static bool Suits(
        SparseMatrix weights, ConvolutionGeometry geometry, int batch, int height, int width, VectorLevel level, double cyclesOtherwise)
    {
        var fewSamples = level == VectorLevel.Vector512 && Avx512F.IsSupported ? Window512.FewSamples : level == VectorLevel.Vector256 && Avx2.IsSupported ? Window256.FewSamples : 0;
        var pixels = (long)weights.Rows * geometry.OutputHeight(height) * geometry.OutputWidth(width);
        if (weights.Count < LeastWeights || batch > fewSamples || (geometry.HasPools && pixels > MostPixelsOfSample) || pixels > MostValues)
        {
            return false;
        }

        var values = CountValues(weights, geometry, height, width);
        return values <= MostValues && batch * values * CyclesOfValue < cyclesOtherwise;
    }

    /// <summary>Computes the output.</summary>
    public void Run(float* x, int batch, float* y, IParallel parallel)
    {
        if (!geometry.HasPools)
        {
            product.Run(x, batch, y, parallel);
            return;
        }

        var pixels = rows * columns;
        var map = stackalloc float[(channels * pixels) + MapPooling.Slack];
        var (pooledRows, pooledColumns) = (rows / geometry.PoolHeight, columns / geometry.PoolWidth);
        for (var image = 0; image < batch; image++)
        {
            product.Run(x + ((long)image * inputFloats), 1, map, parallel);
            for (var channel = 0; channel < channels; channel++, y += pooledRows * pooledColumns)
            {
                MapPooling.Run(geometry, map + (channel * pixels), columns, pooledRows, y, Lanes512.Count);
            }
        }
    }

    private static long CountValues(SparseMatrix weights, ConvolutionGeometry geometry, int height, int width)
    {
        var window = geometry.KernelHeight * geometry.KernelWidth;
        var ofPlace = Enumerable.Range(0, window).Select(place => PixelsOf(geometry, place, height, width).LongCount()).ToArray();
        return weights.ColumnIndices.Sum(column => ofPlace[column % window]);
    }

    /// <summary>The pixels of the output that a place of the window serves, each with the pixel of the input that it finds there, ascending.</summary>
    private static IEnumerable<(int Output, int Input)> PixelsOf(ConvolutionGeometry geometry, int place, int height, int width)
    {
        var (kernelRow, kernelColumn) = Math.DivRem(place, geometry.KernelWidth);
        for (var row = 0; row < geometry.OutputHeight(height); row++)
        {
            for (var column = 0; column < geometry.OutputWidth(width); column++)
            {
                var inputRow = (row * geometry.StrideHeight) - geometry.PadTop + (kernelRow * geometry.DilationHeight);
                var inputColumn = (column * geometry.StrideWidth) - geometry.PadLeft + (kernelColumn * geometry.DilationWidth);
                if (inputRow >= 0 && inputRow < height && inputColumn >= 0 && inputColumn < width)
                {
                    yield return ((row * geometry.OutputWidth(width)) + column, (inputRow * width) + inputColumn);
                }
            }
        }
    }

    private static SparseMatrix Matrix(SparseMatrix weights, ConvolutionGeometry geometry, int height, int width)
    {
        var window = geometry.KernelHeight * geometry.KernelWidth;
        var pixels = geometry.OutputHeight(height) * geometry.OutputWidth(width);
        var pairs = Enumerable.Range(0, window).Select(place => PixelsOf(geometry, place, height, width).ToArray()).ToArray();
        var (starts, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        var (ofRow, valuesOfRow) = (new List<int>[pixels], new List<float>[pixels]);
        for (var row = 0; row < weights.Rows; row++)
        {
            var firstChannel = row / (weights.Rows / geometry.Group) * (geometry.Channels / geometry.Group);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                (ofRow[pixel], valuesOfRow[pixel]) = ([], []);
            }

            for (var i = weights.RowStarts[row]; i < weights.RowStarts[row + 1]; i++)
            {
                var (channel, place) = Math.DivRem(weights.ColumnIndices[i], window);
                foreach (var (output, input) in pairs[place])
                {
                    ofRow[output].Add(((firstChannel + channel) * height * width) + input);
                    valuesOfRow[output].Add(weights.Values[i]);
                }
            }

            for (var pixel = 0; pixel < pixels; pixel++)
            {
                columns.AddRange(ofRow[pixel]);
                values.AddRange(valuesOfRow[pixel]);
                starts.Add(columns.Count);
            }
        }

        return new SparseMatrix(weights.Rows * pixels, geometry.Channels * height * width, [.. starts], [.. columns], [.. values]);
    }
}
