using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Tests.Report.Images;

public sealed class TileSheetTests
{
    [Fact]
    public void Tiles_lie_row_by_row_with_lines_between_them()
    {
        var sheet = new TileSheet(2, 1, count: 3, mostColumns: 2, background: 9);
        Assert.Equal((7, 5), (sheet.Width, sheet.Height));
        for (var tile = 0; tile < 3; tile++)
        {
            sheet.Draw(tile, pixel => (byte)(10 * tile + pixel));
        }

        Assert.Equal(
            [
                9, 9, 9, 9, 9, 9, 9,
                9, 0, 1, 9, 10, 11, 9,
                9, 9, 9, 9, 9, 9, 9,
                9, 20, 21, 9, 9, 9, 9,
                9, 9, 9, 9, 9, 9, 9,
            ],
            sheet.Pixels);
    }

    [Fact]
    public void Few_tiles_make_a_narrow_sheet() => Assert.Equal(3, new TileSheet(1, 1, count: 1, mostColumns: 8, background: 0).Width);
}
