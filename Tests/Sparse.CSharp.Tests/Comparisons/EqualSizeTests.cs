using SparseHybrid.Comparisons;
using SparseHybrid.Models;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Comparisons;

public sealed class EqualSizeTests
{
    [Theory]
    [InlineData("lenet-300-100", 0.9)]
    [InlineData("lenet-300-100", 0.96)]
    [InlineData("lenet-300-100", 0.99)]
    [InlineData("small-vgg", 0.9)]
    [InlineData("resnet-20", 0.9)]
    public void It_has_about_as_many_parameters_as_the_sparse_network_has_non_zeros(string name, double zeros)
    {
        var whole = new ModelDescription(name, 10, [1, 28, 28]);
        var count = Count(whole);
        var (model, settings) = EqualSize.Of(whole, zeros)!.Value;
        var ratio = Count(whole with { Name = model, Settings = settings }).Parameters / (count.Parameters - zeros * count.RegularisedWeights);
        Assert.InRange(ratio, 0.75, 1.25); // the narrowest perceptrons come in large steps
    }

    [Fact]
    public void A_perceptron_is_not_narrowed_to_a_needle() =>
        Assert.All(EqualSize.Of(new ModelDescription("lenet-300-100", 10, [1, 28, 28]), 0.99)!.Value.Settings.HiddenWidths!, width => Assert.True(width >= 3));

    [Fact]
    public void A_network_without_widths_has_none() => Assert.Null(EqualSize.Of(new ModelDescription("lenet-5", 10, [1, 28, 28]), 0.9));

    private static SparsityCount Count(ModelDescription description)
    {
        using var model = ModelCatalog.Create(description);
        return SparsityCount.Of(model);
    }
}
