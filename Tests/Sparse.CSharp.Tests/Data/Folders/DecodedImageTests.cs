using SparseHybrid.Data.Folders;

namespace SparseHybrid.Tests.Data.Folders;

public sealed class DecodedImageTests
{
    // Stored as 1 2 3 over 4 5 6. What each number says of the stored first row and first column is in Exif 2.3.
    [Theory]
    [InlineData(1, 3, 1, 2, 3, 4, 5, 6)] // top, left
    [InlineData(2, 3, 3, 2, 1, 6, 5, 4)] // top, right
    [InlineData(3, 3, 6, 5, 4, 3, 2, 1)] // bottom, right
    [InlineData(4, 3, 4, 5, 6, 1, 2, 3)] // bottom, left
    [InlineData(5, 2, 1, 4, 2, 5, 3, 6)] // left, top
    [InlineData(6, 2, 4, 1, 5, 2, 6, 3)] // right, top: turned clockwise
    [InlineData(7, 2, 6, 3, 5, 2, 4, 1)] // right, bottom
    [InlineData(8, 2, 3, 6, 2, 5, 1, 4)] // left, bottom: turned the other way
    public void Rows_and_columns_come_where_the_note_says(int orientation, int width, params int[] expected)
    {
        var turned = new DecodedImage(3, 2, 1, [1, 2, 3, 4, 5, 6]).Turned(orientation);
        Assert.Equal((width, 6 / width), (turned.Width, turned.Height));
        Assert.Equal(expected.Select(value => (byte)value), turned.Pixels);
    }

    [Fact]
    public void The_bytes_of_a_pixel_stay_together() =>
        Assert.Equal([4, 5, 6, 1, 2, 3], new DecodedImage(2, 1, 3, [1, 2, 3, 4, 5, 6]).Turned(2).Pixels);
}
