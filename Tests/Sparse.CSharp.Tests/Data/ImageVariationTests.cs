using SparseHybrid.Data;

namespace SparseHybrid.Tests.Data;

public sealed class ImageVariationTests
{
    private const int Draws = 20_000;

    [Fact]
    public void It_is_a_function_of_seed_epoch_and_image()
    {
        var same = Draw(seed: 1, epoch: 2, image: 3);

        Assert.Equal(same, Draw(seed: 1, epoch: 2, image: 3));
        Assert.NotEqual(Many(image => Draw(1, 2, image)), Many(image => Draw(2, 2, image)));
        Assert.NotEqual(Many(image => Draw(1, 2, image)), Many(image => Draw(1, 3, image)));
        Assert.NotEqual(Many(image => Draw(1, 2, image)), Many(image => Draw(1, 2, image + 1)));
    }

    [Fact]
    public void Every_shift_comes_equally_often_and_half_of_the_images_are_mirrored()
    {
        var variations = Enumerable.Range(0, Draws).Select(image => Draw(1, 0, image)).ToList();

        // 81 places, 247 draws each on average with a deviation of 15.6; 20 000 flips with a deviation of 71.
        Assert.All(variations.CountBy(variation => (variation.Down, variation.Right)), item => Assert.InRange(item.Value, 170, 325));
        Assert.Equal(81, variations.Select(variation => (variation.Down, variation.Right)).Distinct().Count());
        Assert.InRange(variations.Count(variation => variation.IsMirrored), 9_700, 10_300);
    }

    [Fact]
    public void Erased_rectangles_lie_within_the_image_and_within_the_shares_and_ratios()
    {
        var erasing = new RandomErasing { Probability = 0.5, SmallestShare = 0.1, LargestShare = 0.4, SmallestRatio = 0.5, LargestRatio = 2 };
        var rectangles = Enumerable.Range(0, Draws)
            .Select(image => ImageVariation.Draw(new Augmentation { Erasing = erasing }, 1, 0, image, 32, 48).Erased)
            .ToList();
        var erased = rectangles.Where(rectangle => rectangle != default).ToList();

        Assert.InRange(erased.Count, 9_700, 10_300);
        Assert.All(erased, rectangle =>
        {
            Assert.InRange(rectangle.Top, 0, 32 - rectangle.Rows);
            Assert.InRange(rectangle.Left, 0, 48 - rectangle.Columns);
            Assert.InRange(rectangle.Rows * rectangle.Columns / (32.0 * 48), 0.09, 0.42); // sides are whole numbers
            Assert.InRange((double)rectangle.Rows / rectangle.Columns, 0.45, 2.2);
        });
        Assert.InRange(erased.Average(rectangle => rectangle.Rows * rectangle.Columns / (32.0 * 48)), 0.23, 0.26); // few large tall ones do not fit
    }

    [Fact]
    public void Without_augmentation_nothing_happens() =>
        Assert.Equal(default, ImageVariation.Draw(Augmentation.None, 1, 0, 0, 32, 32));

    private static ImageVariation Draw(long seed, int epoch, long image) => ImageVariation.Draw(Augmentation.CifarWithErasing, seed, epoch, image, 32, 32);

    private static List<ImageVariation> Many(Func<int, ImageVariation> draw) => [.. Enumerable.Range(0, 10).Select(draw)];
}
