using TorchSharp;
using static TorchSharp.torch.nn;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace SparseHybrid.Models;

/// <summary>MobileNet, version 1, for small images: each convolution after the first is a depthwise 3 x 3 and a pointwise one.</summary>
/// <remarks>
/// Howard and others, arXiv:1704.04861, table 1, with stride 1 in the first convolution, since the images are small. State
/// names: conv1, bn1, layers.N.conv1 (depthwise), layers.N.bn1, layers.N.conv2 (pointwise), layers.N.bn2, linear.
/// Convolutions start from N(0, 2 / fan-in). The caller owns the module.
/// </remarks>
internal static class MobileNet
{
    private static readonly (long Channels, long Stride)[] Plan =
    [
        (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
    ];

    /// <summary>Thirteen separable convolutions, 32 to 1 024 channels: 3 217 226 parameters on colour images in 10 classes.</summary>
    public static Layer VersionOne(ModelDescription description)
    {
        var channels = description.Settings.Channels(32);
        var first = Conv2d(description.InputShape[0], channels, kernel_size: 3, padding: 1, bias: false);
        var firstNorm = BatchNorm2d(channels);
        var separable = new List<Layer>();
        foreach (var (published, stride) in Plan)
        {
            var outputs = description.Settings.Channels(published);
            separable.Add(Separable(channels, outputs, stride));
            channels = outputs;
        }

        var model = Sequential(
            ("conv1", first),
            ("bn1", firstNorm),
            ("relu", ReLU(inplace: true)),
            ("layers", Sequential(separable)),
            ("avgpool", AdaptiveAvgPool2d(1)),
            ("flatten", Flatten()),
            ("linear", Linear(channels, description.Classes)));
        HeInitialization.OfConvolutions(model, init.FanInOut.FanIn);
        return model;
    }

    private static Layer Separable(long inputs, long outputs, long stride) => Sequential(
        ("conv1", Conv2d(inputs, inputs, kernel_size: 3, stride: stride, padding: 1, groups: inputs, bias: false)),
        ("bn1", BatchNorm2d(inputs)),
        ("relu1", ReLU(inplace: true)),
        ("conv2", Conv2d(inputs, outputs, kernel_size: 1, bias: false)),
        ("bn2", BatchNorm2d(outputs)),
        ("relu2", ReLU(inplace: true)));
}
