using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>
/// VGG networks with batch norm for small images: 3 x 3 convolutions with bias, max pools between the stages, the mean over
/// what is left of each channel, one linear layer.
/// </summary>
/// <remarks>
/// Simonyan and Zisserman, arXiv:1409.1556, in the form used on CIFAR, where 2 x 2 entries are left for the mean. State
/// names are features.N (counting convolutions, norms, activations and pools) and classifier, as in PyTorch. Initialisation:
/// convolutions N(0, 2 / fan-in), the linear layer N(0, 0.01^2), biases 0. The caller owns the modules.
/// </remarks>
internal static class Vgg
{
    private const long Pool = 0;

    /// <summary>Thirteen convolutions: 14 728 266 parameters on colour images in 10 classes.</summary>
    public static Module<torch.Tensor, torch.Tensor> Sixteen(ModelDescription description) => Create(
        description, [64, 64, Pool, 128, 128, Pool, 256, 256, 256, Pool, 512, 512, 512, Pool, 512, 512, 512]);

    /// <summary>Sixteen convolutions: 20 040 522 parameters on colour images in 10 classes.</summary>
    public static Module<torch.Tensor, torch.Tensor> Nineteen(ModelDescription description) => Create(
        description,
        [64, 64, Pool, 128, 128, Pool, 256, 256, 256, 256, Pool, 512, 512, 512, 512, Pool, 512, 512, 512, 512]);

    /// <summary>Six convolutions of 16 to 64 channels: 72 890 parameters on grey images in 10 classes.</summary>
    public static Module<torch.Tensor, torch.Tensor> Small(ModelDescription description) =>
        Create(description, [16, 16, Pool, 32, 32, Pool, 64, 64]);

    private static Module<torch.Tensor, torch.Tensor> Create(ModelDescription description, long[] plan)
    {
        var channels = description.InputShape[0];
        var features = new List<Module<torch.Tensor, torch.Tensor>>();
        foreach (var item in plan)
        {
            if (item == Pool)
            {
                features.Add(MaxPool2d(2));
                continue;
            }

            var filters = description.Settings.Channels(item);
            features.Add(Conv2d(channels, filters, kernel_size: 3, padding: 1));
            features.Add(BatchNorm2d(filters));
            features.Add(ReLU(inplace: true));
            channels = filters;
        }

        var classifier = Linear(channels, description.Classes);
        init.normal_(classifier.weight, 0, 0.01);
        init.zeros_(classifier.bias);
        var model = Sequential(
            ("features", Sequential(features)), ("avgpool", AdaptiveAvgPool2d(1)), ("flatten", Flatten()), ("classifier", classifier));
        HeInitialization.OfConvolutions(model, init.FanInOut.FanIn);
        return model;
    }
}
