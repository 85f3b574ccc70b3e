using TorchSharp;
using static TorchSharp.torch.nn;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace SparseHybrid.Models;

/// <summary>
/// Residual networks for small images: a 3 x 3 convolution, stages of residual blocks of which each but the first halves
/// the image, the mean over what is left of each channel, one linear layer.
/// </summary>
/// <remarks>
/// He, Zhang, Ren and Sun, arXiv:1512.03385. State names: conv1, bn1, layerS.B.conv1 and so on as in torchvision; the
/// linear layer is fc in ResNet-18 (as in torchvision, whose first convolution is 7 x 7, though) and linear in the networks of
/// section 4.2, as their common PyTorch form has it. The caller owns the modules.
/// </remarks>
internal static class ResNet
{
    /// <summary>
    /// Four stages of two blocks, 64 to 512 channels, shortcuts by 1 x 1 convolutions: 11 173 962 parameters on colour images
    /// in 10 classes. Convolutions start from N(0, 2 / fan-out).
    /// </summary>
    public static Layer Eighteen(ModelDescription description)
    {
        var model = Create(description, [64, 128, 256, 512], blocks: 2, "fc", Projection);
        HeInitialization.OfConvolutions(model, init.FanInOut.FanOut);
        return model;
    }

    /// <summary>
    /// The networks of section 4.2: three stages of (depth - 2) / 6 blocks, 16 to 64 channels, shortcuts without parameters.
    /// Depth 20, 32 and 56 have 269 722, 464 154 and 853 018 parameters on colour images in 10 classes. Convolutions and the
    /// linear layer start from N(0, 2 / fan-in).
    /// </summary>
    public static Layer OfDepth(int depth, ModelDescription description)
    {
        var model = Create(
            description, [16, 32, 64], (depth - 2) / 6, "linear", (inputs, outputs, stride) => new PaddedShortcut(inputs, outputs, stride));
        HeInitialization.OfConvolutions(model, init.FanInOut.FanIn);
        init.kaiming_normal_(model.get_parameter("linear.weight")!);
        return model;
    }

    private static Layer Create(
        ModelDescription description, long[] widths, int blocks, string head, Func<long, long, long, Layer> shortcut)
    {
        var channels = description.Settings.Channels(widths[0]);
        var layers = new List<(string, Layer)>
        {
            ("conv1", Conv2d(description.InputShape[0], channels, kernel_size: 3, padding: 1, bias: false)),
            ("bn1", BatchNorm2d(channels)),
            ("relu", ReLU(inplace: true)),
        };
        for (var stage = 0; stage < widths.Length; stage++)
        {
            var outputs = description.Settings.Channels(widths[stage]);
            layers.Add(($"layer{stage + 1}", Stage(channels, outputs, blocks, stride: stage == 0 ? 1 : 2, shortcut)));
            channels = outputs;
        }

        layers.Add(("avgpool", AdaptiveAvgPool2d(1)));
        layers.Add(("flatten", Flatten()));
        layers.Add((head, Linear(channels, description.Classes)));
        return Sequential(layers);
    }

    private static Layer Stage(long inputs, long outputs, int blocks, long stride, Func<long, long, long, Layer> shortcut)
    {
        var changesShape = stride != 1 || inputs != outputs;
        var first = new ResidualBlock(inputs, outputs, stride, changesShape ? shortcut(inputs, outputs, stride) : null);
        var others = Enumerable.Range(1, blocks - 1).Select(_ => new ResidualBlock(outputs, outputs, 1, null));
        return Sequential([first, .. others]);
    }

    private static Layer Projection(long inputs, long outputs, long stride) =>
        Sequential(Conv2d(inputs, outputs, kernel_size: 1, stride: stride, bias: false), BatchNorm2d(outputs));
}
