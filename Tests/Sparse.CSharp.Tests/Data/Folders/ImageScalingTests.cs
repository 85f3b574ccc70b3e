using SparseHybrid.Data.Folders;

namespace SparseHybrid.Tests.Data.Folders;

public sealed class ImageScalingTests
{
    [Fact]
    public void An_image_of_the_size_asked_for_stays_as_it_is_channel_after_channel()
    {
        Assert.Equal([1, 4, 2, 5, 3, 6], Scaled(new DecodedImage(2, 1, 3, [1, 2, 3, 4, 5, 6]), 3, 1, 2));
        Assert.Equal([1, 2, 3, 4], Scaled(new DecodedImage(2, 2, 1, [1, 2, 3, 4]), 1, 2, 2));
    }

    [Fact]
    public void Scaled_down_a_pixel_is_the_mean_over_what_it_covers()
    {
        // Three columns become two: a pixel covers one and a half, 0 + 90 / 2 and 90 / 2 + 30.
        Assert.Equal([30, 50, 30, 50], Scaled(new DecodedImage(3, 3, 1, [0, 90, 30, 0, 90, 30, 0, 90, 30]), 1, 2, 2));
        var checks = Enumerable.Range(0, 64).Select(i => (byte)((i / 8 + i) % 2 * 200)).ToArray();
        Assert.Equal(Enumerable.Repeat((byte)100, 16), Scaled(new DecodedImage(8, 8, 1, checks), 1, 4, 4));
    }

    [Fact]
    public void Scaled_up_a_pixel_lies_between_the_nearest_two()
    {
        // Centres of the target at -1/4, 1/4, 3/4 and 5/4 of the source.
        byte[] line = [0, 25, 75, 100];
        Assert.Equal([.. line, .. line, .. line, .. line], Scaled(new DecodedImage(2, 2, 1, [0, 100, 0, 100]), 1, 4, 4));
        // Twice as high as wide, both doubled; the centre of what became too wide is one of two equal columns.
        Assert.Equal([0, 10, 30, 40], Scaled(new DecodedImage(1, 2, 1, [0, 40]), 1, 4, 1));
    }

    [Fact]
    public void The_shorter_side_fits_and_of_the_longer_the_centre_stays()
    {
        Assert.Equal([25], Scaled(new DecodedImage(6, 2, 1, [0, 0, 10, 20, 0, 0, 0, 0, 30, 40, 0, 0]), 1, 1, 1));
        Assert.Equal([25], Scaled(new DecodedImage(2, 6, 1, [0, 0, 0, 0, 10, 20, 30, 40, 0, 0, 0, 0]), 1, 1, 1));
        // What cannot be cut evenly loses a pixel more at the end; nothing is blurred.
        Assert.Equal([2, 3, 7, 8], Scaled(new DecodedImage(5, 2, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 1, 2, 2));
        // Of the same proportions, all of it is seen.
        Assert.Equal([15, 35], Scaled(new DecodedImage(4, 2, 1, [10, 20, 30, 40, 10, 20, 30, 40]), 1, 1, 2));
    }

    [Fact]
    public void Grey_becomes_colour_colour_grey_and_what_is_transparent_shows_black()
    {
        Assert.Equal([9, 9, 9], Scaled(new DecodedImage(1, 1, 1, [9]), 3, 1, 1));
        Assert.Equal([127], Scaled(new DecodedImage(1, 1, 3, [10, 200, 60]), 1, 1, 1)); // 2.99 + 117.4 + 6.84
        Assert.Equal([255], Scaled(new DecodedImage(1, 1, 3, [255, 255, 255]), 1, 1, 1));
        Assert.Equal([40, 20, 10], Scaled(new DecodedImage(1, 1, 4, [200, 100, 50, 51]), 3, 1, 1));
        Assert.Equal([40], Scaled(new DecodedImage(1, 1, 2, [200, 51]), 1, 1, 1));
        // An invisible pixel is black whatever colour it hides.
        Assert.Equal([50], Scaled(new DecodedImage(2, 2, 2, [100, 255, 255, 0, 100, 255, 255, 0]), 1, 1, 1));
    }

    [Fact]
    public void Flat_images_stay_flat_whatever_their_size_and_a_half_turn_turns_the_result()
    {
        var random = new Random(17);
        for (var round = 0; round < 300; round++)
        {
            var (width, height, toWidth, toHeight) = (random.Next(1, 40), random.Next(1, 40), random.Next(1, 40), random.Next(1, 40));
            var value = (byte)random.Next(256);
            var flat = new DecodedImage(width, height, 1, [.. Enumerable.Repeat(value, width * height)]);
            Assert.All(Scaled(flat, 1, toHeight, toWidth), pixel => Assert.Equal(value, pixel));

            // Square to square: nothing is cut, so up and down, left and right are treated alike.
            var pixels = new byte[width * width];
            random.NextBytes(pixels);
            var turned = Scaled(new DecodedImage(width, width, 1, [.. pixels.Reverse()]), 1, toWidth, toWidth).Reverse();
            Assert.All(
                Scaled(new DecodedImage(width, width, 1, pixels), 1, toWidth, toWidth).Zip(turned),
                pair => Assert.InRange(pair.First - pair.Second, -1, 1)); // sums in another order
        }
    }

    private static byte[] Scaled(DecodedImage image, int channels, int height, int width)
    {
        var target = new byte[channels * height * width];
        ImageScaling.Write(image, channels, height, width, target);
        return target;
    }
}
