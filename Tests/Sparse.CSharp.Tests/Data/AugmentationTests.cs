using System.Text.Json;
using SparseHybrid.Data;

namespace SparseHybrid.Tests.Data;

public sealed class AugmentationTests
{
    [Fact]
    public void Every_preset_is_legal_and_only_the_first_does_nothing()
    {
        Assert.All(Augmentation.Presets, preset => preset.Augmentation.Validate());
        Assert.Equal(["none"], Augmentation.Presets.Where(preset => preset.Augmentation.IsNone).Select(preset => preset.Name));
    }

    [Fact]
    public void The_published_settings_are_those_of_the_presets()
    {
        Assert.Equal((4, 0.5, null), (Augmentation.Cifar.CropPadding, Augmentation.Cifar.FlipProbability, Augmentation.Cifar.Erasing));
        var erasing = Augmentation.CifarWithErasing.Erasing!;
        Assert.Equal((0.5, 0, 0.4, 0.3, 3.3), (erasing.Probability, erasing.SmallestShare, erasing.LargestShare, erasing.SmallestRatio, erasing.LargestRatio));
    }

    [Fact]
    public void Every_setting_out_of_range_is_listed()
    {
        var augmentation = new Augmentation
        {
            CropPadding = -1,
            FlipProbability = double.NaN,
            Erasing = new RandomErasing { Probability = 2, SmallestShare = 0.5, LargestShare = 0.4, SmallestRatio = 0, LargestRatio = double.PositiveInfinity },
        };

        var message = Assert.Throws<ArgumentException>(augmentation.Validate).Message;
        Assert.All(
            ["CropPadding is -1", "FlipProbability is NaN", "Probability is 2", "SmallestShare is 0.5", "SmallestRatio is 0", "LargestRatio is Infinity"],
            problem => Assert.Contains(problem, message));
    }

    [Fact]
    public void It_survives_json() =>
        Assert.All(
            Augmentation.Presets,
            preset => Assert.Equal(preset.Augmentation, JsonSerializer.Deserialize<Augmentation>(JsonSerializer.Serialize(preset.Augmentation))));
}
