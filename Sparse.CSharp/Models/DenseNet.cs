using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace SparseHybrid.Models;

/// <summary>Densely connected networks for small images, in the basic form: no bottleneck, no compression.</summary>
/// <remarks>
/// Huang, Liu, van der Maaten and Weinberger, arXiv:1608.06993. State names as in the networks of network slimming
/// (conv1, denseS.L.bn1, denseS.L.conv1, transS.bn1, transS.conv1, bn, fc), without their channel-selection vectors, which
/// never learn. The caller owns the modules.
/// </remarks>
internal static class DenseNet
{
    private const int LayersPerBlock = 12;

    /// <summary>
    /// Depth 40, growth 12: three blocks of twelve layers, 1 059 298 parameters on colour images in 10 classes. Convolutions start
    /// from N(0, 2 / fan-out), the scales of the norms from 0.5.
    /// </summary>
    public static Layer FortyTwelve(ModelDescription description)
    {
        var growth = description.Settings.Channels(12);
        var channels = 2 * growth;
        var layers = new List<(string, Layer)>
        {
            ("conv1", Conv2d(description.InputShape[0], channels, kernel_size: 3, padding: 1, bias: false)),
        };
        for (var block = 1; block <= 3; block++)
        {
            var inputs = channels;
            layers.Add(($"dense{block}", Sequential(Enumerable.Range(0, LayersPerBlock).Select(index => new DenseLayer(inputs + index * growth, growth)))));
            channels += LayersPerBlock * growth;
            if (block < 3)
            {
                layers.Add(($"trans{block}", Transition(channels)));
            }
        }

        layers.Add(("bn", BatchNorm2d(channels)));
        layers.Add(("relu", ReLU(inplace: true)));
        layers.Add(("avgpool", AdaptiveAvgPool2d(1)));
        layers.Add(("flatten", Flatten()));
        layers.Add(("fc", Linear(channels, description.Classes)));
        var model = Sequential(layers);
        HeInitialization.OfConvolutions(model, init.FanInOut.FanOut);
        foreach (var norm in model.modules().OfType<BatchNorm2d>())
        {
            init.constant_(norm.weight, 0.5);
        }

        return model;
    }

    /// <summary>Between two blocks: a 1 x 1 convolution, and the image halved.</summary>
    private static Layer Transition(long channels) => Sequential(
        ("bn1", BatchNorm2d(channels)),
        ("relu", ReLU(inplace: true)),
        ("conv1", Conv2d(channels, channels, kernel_size: 1, bias: false)),
        ("pool", AvgPool2d(2)));
}
