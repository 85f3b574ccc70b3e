using System.Globalization;

namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>
/// A layer to be timed: fully connected, written <c>fc:1024x1024</c> (inputs x outputs), or a convolution, written
/// <c>conv:64x128x3x3@32x32/2</c> (channels in x out x rows x columns of the window, at rows x columns of the input, by the stride, which
/// is 1 if left out; padding is half the window).
/// </summary>
/// <param name="Inputs">Features, or channels of the input.</param>
/// <param name="Outputs">Features, or channels of the output.</param>
/// <param name="Window">Rows and columns of the window; null for a fully connected layer.</param>
/// <param name="Image">Rows and columns of the input.</param>
/// <param name="Stride">Rows and columns from one place of the window to the next.</param>
public sealed record LayerShape(int Inputs, int Outputs, (int Rows, int Columns)? Window, (int Rows, int Columns) Image, int Stride)
{
    private const string FullyConnectedPrefix = "fc:";
    private const string ConvolutionPrefix = "conv:";
    private const long MostNumbers = 1L << 28; // of weights, inputs or outputs: 1 GB each

    /// <summary>The layers that are timed unless others are named.</summary>
    public static IReadOnlyList<LayerShape> Usual { get; } =
    [
        .. new[]
        {
            "fc:1024x1024",
            "conv:64x64x3x3@32x32", "conv:128x128x3x3@16x16", "conv:256x256x3x3@8x8", "conv:512x512x3x3@4x4",
            "conv:64x64x1x1@32x32", "conv:128x128x1x1@16x16", "conv:256x256x1x1@8x8", "conv:512x512x1x1@4x4",
        }.Select(text => Parse(text)!),
    ];

    /// <summary>Weights of the layer, biases not counted.</summary>
    public int Weights => Outputs * WeightsOfOutput;

    /// <summary>Weights that lead to one output.</summary>
    public int WeightsOfOutput => Inputs * (Window?.Rows ?? 1) * (Window?.Columns ?? 1);

    /// <summary>Times that each weight is used for one sample.</summary>
    public int Places => OutputSize(Image.Rows, Window?.Rows ?? 1) * OutputSize(Image.Columns, Window?.Columns ?? 1);

    /// <summary>Reads a layer as <see cref="ToString"/> writes it; null if it is none, or too large to be timed.</summary>
    public static LayerShape? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shape = text.StartsWith(FullyConnectedPrefix, StringComparison.Ordinal)
            ? Sizes(text[FullyConnectedPrefix.Length..]) is [var inputs, var outputs] ? new LayerShape(inputs, outputs, null, (1, 1), 1) : null
            : text.StartsWith(ConvolutionPrefix, StringComparison.Ordinal) ? ParseConvolution(text[ConvolutionPrefix.Length..]) : null;
        return shape is not null && shape.IsOfLegalSize ? shape : null;
    }

    /// <summary>The layer as it is written on the command line.</summary>
    public override string ToString() => Window is { } window
        ? $"{ConvolutionPrefix}{Inputs}x{Outputs}x{window.Rows}x{window.Columns}@{Image.Rows}x{Image.Columns}{(Stride == 1 ? "" : $"/{Stride}")}"
        : $"{FullyConnectedPrefix}{Inputs}x{Outputs}";

    private bool IsOfLegalSize
    {
        get
        {
            var (rows, columns) = Window ?? (1, 1);
            return (double)Inputs * Outputs * rows * columns <= MostNumbers
                && (double)Image.Rows * Image.Columns * Math.Max(Inputs, Outputs) <= MostNumbers;
        }
    }

    private static LayerShape? ParseConvolution(string text)
    {
        var parts = text.Split('@');
        var place = parts.Length == 2 ? parts[1].Split('/') : [];
        var strides = place.Length == 2 ? Sizes(place[1]) : [1];
        return place.Length is 1 or 2 && strides is [var stride]
            && Sizes(parts[0]) is [var inputs, var outputs, var rows, var columns] && Sizes(place[0]) is [var height, var width]
            ? new LayerShape(inputs, outputs, (rows, columns), (height, width), stride)
            : null;
    }

    private static int[]? Sizes(string text)
    {
        var sizes = text.Split('x').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
        return Array.TrueForAll(sizes, size => size >= 1) ? sizes : null;
    }

    private int OutputSize(int size, int window) => ((size + (2 * (window / 2)) - window) / Stride) + 1;
}
