using SparseHybrid.Models;
using TorchSharp;

namespace SparseHybrid.Tests.Models;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("lenet-300-100", 266_610)]
    [InlineData("lenet-5", 431_080)]
    public void A_model_has_the_published_number_of_parameters_and_gives_logits(string name, long parameters)
    {
        using var model = ModelCatalog.Create(name, classes: 10, [1, 28, 28]);
        using var images = torch.zeros([3, 1, 28, 28]);
        using var logits = model.call(images);

        Assert.Equal(parameters, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal([3, 10], logits.shape);
    }

    [Fact]
    public void Lenet_300_100_has_the_layers_its_name_says()
    {
        using var model = ModelCatalog.Create("lenet-300-100", classes: 7, [2, 4, 5]);

        Assert.Equal(["flatten", "fc1", "relu1", "fc2", "relu2", "fc3"], model.named_children().Select(child => child.Item1));
        Assert.Equal([300, 40], model.get_parameter("fc1.weight")!.shape);
        Assert.Equal([7, 100], model.get_parameter("fc3.weight")!.shape);
    }

    [Fact]
    public void Lenet_5_has_the_layers_of_the_caffe_variant()
    {
        using var model = ModelCatalog.Create("lenet-5", classes: 10, [1, 28, 28]);

        Assert.Equal(["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2"], model.named_children().Select(child => child.Item1));
        Assert.Equal([20, 1, 5, 5], model.get_parameter("conv1.weight")!.shape);
        Assert.Equal([50, 20, 5, 5], model.get_parameter("conv2.weight")!.shape);
        Assert.Equal([500, 800], model.get_parameter("fc1.weight")!.shape);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        Assert.Equal(FirstWeights(seed: 1), FirstWeights(seed: 1));
        Assert.NotEqual(FirstWeights(seed: 1), FirstWeights(seed: 2));
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => ModelCatalog.Create("resnet-9000", 10, [1, 28, 28]));

        Assert.Contains("lenet-300-100, lenet-5", error.Message);
    }

    [Fact]
    public void Images_too_small_for_the_network_are_refused() =>
        Assert.Contains("at least 16 x 16", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("lenet-5", 10, [1, 15, 28])).Message);

    [Fact]
    public void An_input_shape_of_another_rank_is_refused() =>
        Assert.Contains("[28, 28]", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("lenet-300-100", 10, [28, 28])).Message);

    private static float[] FirstWeights(long seed)
    {
        torch.manual_seed(seed);
        using var model = ModelCatalog.Create("lenet-300-100", classes: 10, [1, 2, 2]);
        return model.get_parameter("fc1.weight")!.data<float>().ToArray();
    }
}
