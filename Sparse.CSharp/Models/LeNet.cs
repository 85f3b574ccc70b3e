using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>The two LeNets that the literature on sparse networks measures by.</summary>
/// <remarks>
/// LeCun, Bottou, Bengio and Haffner, Gradient-Based Learning Applied to Document Recognition (1998). Initialisation is
/// libtorch's default for each layer: uniform within 1 / sqrt(fan-in). The caller owns the modules.
/// </remarks>
internal static class LeNet
{
    /// <summary>Two hidden layers of 300 and 100 units with ReLU: 266 610 parameters on 28 x 28 images in 10 classes.</summary>
    public static Module<torch.Tensor, torch.Tensor> ThreeHundredOneHundred(ModelDescription description) =>
        Perceptron.Create(description with { Settings = new ModelSettings { HiddenWidths = [300, 100] } });

    /// <summary>
    /// The Caffe variant's sizes: 20 and 50 filters of 5 x 5, each with ReLU and 2 x 2 max pooling, then 500 units with
    /// ReLU: 431 080 parameters on 28 x 28 images in 10 classes.
    /// </summary>
    public static Module<torch.Tensor, torch.Tensor> Five(ModelDescription description)
    {
        var (height, width) = (PooledTwice(description.InputShape[1]), PooledTwice(description.InputShape[2]));
        return Sequential(
            ("conv1", Conv2d(description.InputShape[0], 20, kernel_size: 5)),
            ("relu1", ReLU(inplace: true)),
            ("pool1", MaxPool2d(2)),
            ("conv2", Conv2d(20, 50, kernel_size: 5)),
            ("relu2", ReLU(inplace: true)),
            ("pool2", MaxPool2d(2)),
            ("flatten", Flatten()),
            ("fc1", Linear(50 * height * width, 500)),
            ("relu3", ReLU(inplace: true)),
            ("fc2", Linear(500, description.Classes)));
    }

    private static long PooledTwice(long size) => ((size - 4) / 2 - 4) / 2;
}
