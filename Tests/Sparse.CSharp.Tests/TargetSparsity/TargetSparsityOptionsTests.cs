using SparseHybrid.TargetSparsity;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class TargetSparsityOptionsTests
{
    [Fact]
    public void The_defaults_are_half_a_point_and_no_bounds()
    {
        var options = new TargetSparsityOptions { Share = 0.9 };

        Assert.Equal(0.005, options.Tolerance);
        Assert.Empty(options.Layers);
        Assert.Equal(options, new TargetSparsityOptions { Share = 0.9, Layers = [] });
    }

    [Fact]
    public void Every_setting_out_of_range_is_named()
    {
        var options = new SparseTrainerOptions
        {
            Epochs = 1,
            TargetSparsity = new TargetSparsityOptions
            {
                Share = 1,
                Tolerance = 0,
                Layers = [new LayerSparsity { Pattern = "" }, new LayerSparsity { Pattern = "*", AtLeast = 0.9, AtMost = 0.8 }],
            },
        };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.Contains("TargetSparsity.Share is 1", message);
        Assert.Contains("TargetSparsity.Tolerance is 0", message);
        Assert.Contains("TargetSparsity.Layers[0].Pattern is ''", message);
        Assert.Contains("TargetSparsity.Layers[0].AtLeast is not set", message);
        Assert.Contains("TargetSparsity.Layers[1].AtLeast is 0.9, expected at most AtMost", message);
    }

    [Theory]
    [InlineData("fc3*", 0.5, "The bounds for 'fc3*' concern no regularised parameter; there are: fc1.weight, fc2.weight.")]
    [InlineData("*", 0.5, "A share of 0.9 is not to be had: the bounds of the layers leave between 0 and 0.5.")]
    [InlineData("fc1.*", 0.5, "leave between 0 and 0.7143.")] // fc1 has 24 of 42 weights
    public void Bounds_that_cannot_be_are_refused_before_the_first_step(string pattern, double most, string expected)
    {
        using var model = SmallNetwork.Create();
        var options = new SparseTrainerOptions
        {
            Epochs = 1,
            TargetSparsity = new TargetSparsityOptions { Share = 0.9, Layers = [new LayerSparsity { Pattern = pattern, AtMost = most }] },
        };
        using var data = SyntheticImages.Create();

        var error = Assert.Throws<ArgumentException>(() => new SparseTrainer(model, options).Fit(data));

        Assert.Contains(expected, error.Message);
    }
}
