using SparseHybrid.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Models;

public sealed class HeInitializationTests
{
    [Theory]
    [InlineData("vgg-16", "features.27.weight", 2.0 / (512 * 9))] // fan-in
    [InlineData("vgg-16", "features.24.weight", 2.0 / (256 * 9))] // 256 channels in, 512 out
    [InlineData("resnet-18", "layer4.0.conv1.weight", 2.0 / (512 * 9))] // 256 channels in: fan-out
    [InlineData("resnet-20", "layer3.0.conv1.weight", 2.0 / (32 * 9))] // 64 channels out: fan-in
    [InlineData("densenet-40-12", "dense3.11.conv1.weight", 2.0 / (12 * 9))] // fan-out
    public void Published_models_start_with_the_published_variance(string name, string parameter, double variance)
    {
        torch.manual_seed(1);
        using var model = ModelCatalog.Create(name, 10, [3, 32, 32]);
        var weights = model.get_parameter(parameter)!.data<float>().ToArray();

        var measured = weights.Average(weight => (double)weight * weight);

        // The sample variance of n normal numbers deviates by sqrt(2 / n) of it; five times that is allowed.
        Assert.InRange(measured / variance, 1 - 5 * Math.Sqrt(2.0 / weights.Length), 1 + 5 * Math.Sqrt(2.0 / weights.Length));
    }

    [Fact]
    public void Biases_and_norms_start_as_published()
    {
        using var vgg = ModelCatalog.Create(new ModelDescription("vgg-16", 10, [1, 28, 28]) { Settings = new ModelSettings { Width = 0.1 } });
        using var dense = ModelCatalog.Create(new ModelDescription("densenet-40-12", 10, [1, 28, 28]) { Settings = new ModelSettings { Width = 0.1 } });

        Assert.All(vgg.get_parameter("features.0.bias")!.data<float>().ToArray(), bias => Assert.Equal(0, bias));
        Assert.All(vgg.get_parameter("classifier.bias")!.data<float>().ToArray(), bias => Assert.Equal(0, bias));
        Assert.All(vgg.get_parameter("features.1.weight")!.data<float>().ToArray(), scale => Assert.Equal(1, scale));
        Assert.All(dense.get_parameter("trans1.bn1.weight")!.data<float>().ToArray(), scale => Assert.Equal(0.5f, scale));
        Assert.InRange(vgg.get_parameter("classifier.weight")!.abs().max().item<float>(), 1e-4f, 0.06f);
    }

    [Fact]
    public void Only_convolutions_are_touched()
    {
        using var model = Sequential(Linear(3, 4), Conv2d(2, 2, kernel_size: 1));
        var before = model.get_parameter("0.weight")!.data<float>().ToArray();

        HeInitialization.OfConvolutions(model, init.FanInOut.FanIn);

        Assert.Equal(before, model.get_parameter("0.weight")!.data<float>().ToArray());
    }
}
