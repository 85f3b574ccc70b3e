using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>From how many zeros on a sparse kernel is expected to be faster than ONNX Runtime's dense one, without measuring.</summary>
/// <remarks>
/// Measured with AVX-512 (AMD EPYC, one thread, batch 1 and 16, zeros at random places, ONNX Runtime 1.29), each layer alone. 3x3
/// convolutions of 16 to 512 channels on images of 32x32 down to 4x4 break even between 50 and 72 % zeros, on 2x2 between 60 and 85 %,
/// 1x1 convolutions of stride 2 between 55 and 70 %; within a network convolutions lose some of that where ONNX Runtime has to rearrange
/// values around them. Convolutions of few channels, as of images, are another matter: ONNX Runtime reads these plain and leaves blocks
/// behind, so that a network with 75 % zeros everywhere gained nothing from the kernel of its first layer (0.85 to 1.1 times as fast with
/// 5x5, 4x4 of stride 4 and 7x7 of stride 2), one with 90 % did (1.2 to 2). Products of matrices break even between 78 and 85 %, small
/// ones at no share: calling the kernel takes as long.
/// </remarks>
internal static class SparseThresholds
{
    private const double Convolution = 0.75;
    private const double ConvolutionOfFewChannels = 0.9;
    private const long FewChannels = 16;
    private const double Product = 0.85;
    private const long SmallProduct = 1 << 16; // weights

    /// <summary>The least share of zeros, 0 to 1; null when no share is enough.</summary>
    public static double? LeastZeros(SparseLayer layer) =>
        layer.Node.OpType == "Conv" ? ReadsFewChannels(layer) ? ConvolutionOfFewChannels : Convolution
        : layer.Weights.Count >= SmallProduct ? Product
        : null;

    private static bool ReadsFewChannels(SparseLayer layer) => layer.Node.IntOr("group", 1) == 1 && layer.Weights.Tensor.Shape[1] < FewChannels;
}
