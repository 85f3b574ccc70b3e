using SparseHybrid.Data.Folders;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data.Folders;

public sealed class ExifOrientationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_note_is_found_in_either_order_of_bytes(bool isLittle)
    {
        for (byte orientation = 1; orientation <= 8; orientation++)
        {
            Assert.Equal(orientation, ExifOrientation.Of(ImageBytes.TurnedJpeg(orientation, isLittle)));
        }
    }

    [Fact]
    public void Without_a_note_or_with_a_senseless_one_images_are_upright()
    {
        Assert.Equal(1, ExifOrientation.Of([]));
        Assert.Equal(1, ExifOrientation.Of(ImageBytes.GreyJpeg));
        Assert.Equal(1, ExifOrientation.Of(ImageBytes.Png(1, 1, 1, 5)));
        Assert.Equal(1, ExifOrientation.Of(ImageBytes.TurnedJpeg(0, isLittle: true)));
        Assert.Equal(1, ExifOrientation.Of(ImageBytes.TurnedJpeg(9, isLittle: true)));
    }

    [Fact]
    public void Damaged_notes_are_read_within_their_bounds()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var file = ImageBytes.TurnedJpeg(6, isLittle: round % 2 == 0);
            file[random.Next(2, 40)] = (byte)random.Next(256);
            Assert.InRange(ExifOrientation.Of(file.AsSpan(0, random.Next(file.Length))), 1, 8);
        }
    }
}
