using SparseHybrid.Models;
using TorchSharp;

namespace SparseHybrid.Tests.Models;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("lenet-300-100", 10, 1, 28, 266_610)]
    [InlineData("lenet-5", 10, 1, 28, 431_080)]
    [InlineData("mlp", 10, 1, 28, 266_610)]
    [InlineData("small-vgg", 10, 1, 28, 72_890)]
    [InlineData("vgg-16", 10, 3, 32, 14_728_266)]
    [InlineData("vgg-19", 10, 3, 32, 20_040_522)]
    [InlineData("vgg-19", 100, 3, 32, 20_086_692)]
    [InlineData("resnet-18", 10, 3, 32, 11_173_962)]
    [InlineData("resnet-20", 10, 3, 32, 269_722)]
    [InlineData("resnet-32", 10, 3, 32, 464_154)]
    [InlineData("resnet-56", 10, 3, 32, 853_018)]
    [InlineData("densenet-40-12", 10, 3, 32, 1_059_298)]
    [InlineData("mobilenet-v1", 10, 3, 32, 3_217_226)]
    public void A_model_has_the_published_number_of_parameters(string name, int classes, long channels, long size, long parameters)
    {
        using var model = ModelCatalog.Create(name, classes, [channels, size, size]);

        Assert.Equal(parameters, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData("mlp", "lenet-5")]
    [InlineData("lenet-300-100", "resnet-20")]
    public void Networks_of_linear_layers_take_features_and_others_say_which_do(string name, string other)
    {
        using var scope = torch.NewDisposeScope();
        using var model = ModelCatalog.Create(name, 3, [43]);
        Assert.Equal([2, 3], model.call(torch.randn([2, 43])).shape);
        var error = Assert.Throws<ArgumentException>(() => ModelCatalog.Create(other, 3, [43]));
        Assert.Contains("[features] for lenet-300-100 and mlp; it is [43]", error.Message);
    }

    [Theory]
    [MemberData(nameof(NamesAndSizes))]
    public void A_model_takes_grey_and_colour_images_and_every_parameter_learns(string name, double width, long channels, long size)
    {
        using var scope = torch.NewDisposeScope();
        var description = new ModelDescription(name, Classes: 7, [channels, size, size]) { Settings = new ModelSettings { Width = width } };
        using var model = ModelCatalog.Create(description);

        var logits = model.call(torch.randn([2, channels, size, size]));
        logits.sum().backward();

        Assert.Equal([2, 7], logits.shape);
        Assert.All(model.named_parameters(), item => Assert.True(item.Item2.grad is not null, item.Item1));
    }

    [Fact]
    public void A_forward_pass_keeps_nothing_but_its_result()
    {
        foreach (var (name, width) in NamesAndWidths)
        {
            using var model = ModelCatalog.Create(new ModelDescription(name, 10, [1, 28, 28]) { Settings = new ModelSettings { Width = width } });
            using var images = torch.zeros([2, 1, 28, 28]);
            using var scope = torch.NewDisposeScope();
            var logits = model.call(images);

            Assert.Equal((name, 1), (name, scope.DisposablesCount));
            Assert.True(scope.Contains(logits));
        }
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

    [Theory]
    [InlineData("lenet-5", 16)]
    [InlineData("small-vgg", 4)]
    [InlineData("vgg-19", 16)]
    [InlineData("resnet-18", 8)]
    [InlineData("resnet-56", 4)]
    [InlineData("densenet-40-12", 4)]
    [InlineData("mobilenet-v1", 16)]
    public void The_smallest_images_pass_and_smaller_ones_are_refused(string name, long least)
    {
        using var model = ModelCatalog.Create(name, 10, [1, least, least]);
        model.eval();
        using var images = torch.zeros([1, 1, least, least]);
        using var logits = model.call(images);

        Assert.Equal([1, 10], logits.shape);
        var error = Assert.Throws<ArgumentException>(() => ModelCatalog.Create(name, 10, [1, least - 1, 28]));
        Assert.Contains($"{name} needs images of at least {least} x {least}; these are {least - 1} x 28", error.Message);
    }

    [Fact]
    public void Settings_that_a_model_lacks_are_refused_by_its_name()
    {
        Assert.Equal(
            "The hidden widths of resnet-20 cannot be chosen; only of mlp.",
            Assert.Throws<ArgumentException>(() => ModelCatalog.CheckSettings("resnet-20", new ModelSettings { HiddenWidths = [3] })).Message);
        Assert.StartsWith(
            "The width of lenet-5 cannot be chosen; only of small-vgg, vgg-16",
            Assert.Throws<ArgumentException>(() => ModelCatalog.CheckSettings("lenet-5", new ModelSettings { Width = 2 })).Message);
        Assert.Throws<ArgumentException>(() => ModelCatalog.CheckSettings("mlp", new ModelSettings { HiddenWidths = [0] }));
    }

    [Fact]
    public void Double_width_doubles_the_channels()
    {
        var settings = new ModelSettings { Width = 2 };
        using var model = ModelCatalog.Create(new ModelDescription("small-vgg", 10, [1, 28, 28]) { Settings = settings });

        long[] filters = [.. model.named_parameters().Where(item => item.Item2.dim() == 4).Select(item => item.Item2.shape[0])];

        Assert.Equal([32, 32, 64, 64, 128, 128], filters);
    }

    [Fact]
    public void An_input_shape_of_another_rank_is_refused() =>
        Assert.Contains("[28, 28]", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("lenet-300-100", 10, [28, 28])).Message);

    public static TheoryData<string, double, long, long> NamesAndSizes()
    {
        var rows = new TheoryData<string, double, long, long>();
        foreach (var (name, width) in NamesAndWidths)
        {
            rows.Add(name, width, 1, 28);
            rows.Add(name, width, 3, 32);
        }

        return rows;
    }

    // The largest networks at a quarter of their width: the same layers in less time.
    private static IEnumerable<(string Name, double Width)> NamesAndWidths => ModelCatalog.Names.Select(
        name => (name, name is "vgg-16" or "vgg-19" or "resnet-18" or "mobilenet-v1" or "densenet-40-12" ? 0.25 : 1.0));

    private static float[] FirstWeights(long seed)
    {
        torch.manual_seed(seed);
        using var model = ModelCatalog.Create("lenet-300-100", classes: 10, [1, 2, 2]);
        return model.get_parameter("fc1.weight")!.data<float>().ToArray();
    }
}
