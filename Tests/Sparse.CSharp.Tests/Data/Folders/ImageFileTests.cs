using System.Text;
using SparseHybrid.Data.Folders;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data.Folders;

public sealed class ImageFileTests : IDisposable
{
    private static readonly byte[] Colours = [255, 0, 1, 2, 250, 3, 4, 5, 245, 90, 91, 92, 0, 0, 0, 7, 8, 9];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => [.. Files.Keys];

    private static Dictionary<string, byte[]> Files => new()
    {
        ["png"] = ImageBytes.Png(3, 2, 3, Colours),
        ["bmp"] = ImageBytes.Bmp(3, 2, Colours),
        ["grey jpeg"] = ImageBytes.GreyJpeg,
        ["colour jpeg"] = ImageBytes.ColourJpeg,
        ["turned jpeg"] = ImageBytes.TurnedJpeg(6, isLittle: false),
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_images_keep_their_bytes(int components)
    {
        var pixels = Enumerable.Range(0, 6 * components).Select(i => (byte)(i * 37)).ToArray();
        var image = Read(ImageBytes.Png(3, 2, components, pixels));
        Assert.Equal((3, 2, components), (image.Width, image.Height, image.Components));
        Assert.Equal(pixels, image.Pixels);
        Assert.Equal((2, 3, components < 3), ImageFile.Header(folder.File("image")));
    }

    [Fact]
    public void Bmp_images_begin_at_the_top() => Assert.Equal(Colours, Read(ImageBytes.Bmp(3, 2, Colours)).Pixels);

    [Fact]
    public void Jpeg_images_have_the_colours_that_their_coefficients_mean()
    {
        var grey = Read(ImageBytes.GreyJpeg);
        Assert.Equal((8, 8, 1), (grey.Width, grey.Height, grey.Components));
        Assert.All(grey.Pixels, pixel => Assert.Equal(200, pixel));
        Assert.Equal((8, 8, true), ImageFile.Header(folder.File("image")));
        var colour = Read(ImageBytes.ColourJpeg);
        Assert.Equal((8, 8, 3), (colour.Width, colour.Height, colour.Components));
        Assert.All(colour.Pixels.Chunk(3), pixel => Assert.All(pixel.Zip([214, 151, 100]), pair => Assert.InRange(pair.First - pair.Second, -1, 1)));
    }

    [Fact]
    public void Photos_are_turned_as_the_camera_noted()
    {
        var stored = Read(ImageBytes.TurnedJpeg(1, isLittle: true));
        Assert.Equal((16, 8), (stored.Width, stored.Height));
        Assert.Equal((200, 255), (stored.Pixels[0], stored.Pixels[15]));
        var turned = Read(ImageBytes.TurnedJpeg(6, isLittle: true)); // clockwise: what was left is at the top
        Assert.Equal((8, 16), (turned.Width, turned.Height));
        Assert.All(turned.Pixels[..64], pixel => Assert.Equal(200, pixel));
        Assert.All(turned.Pixels[64..], pixel => Assert.Equal(255, pixel));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_is_cut_off_anywhere_is_refused_and_bytes_behind_the_end_do_no_harm(string kind)
    {
        var file = Files[kind];
        var padding = kind == "bmp" ? 3 : 0; // what fills the last row up may be missing
        for (var length = 0; length < file.Length - padding; length++)
        {
            Assert.NotEqual("", Refused(file[..length]));
            Assert.Null(ImageFile.Header(folder.File("image")));
        }

        Assert.Equal(Read(file).Pixels, Read([.. file, 1, 2, 3]).Pixels);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damage_is_refused_or_read_as_another_image_and_ends_nothing(string kind)
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var file = Files[kind];
            for (var change = 0; change <= round % 3; change++)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            var path = folder.Write("image", file);
            ImageFile.Header(path);
            try
            {
                var image = ImageFile.Read(path);
                Assert.Equal((long)image.Width * image.Height * image.Components, image.Pixels.Length);
            }
            catch (InvalidDataException error)
            {
                Assert.NotEqual("", error.Message);
            }
        }
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("empty", Refused([]));
        Assert.Contains("no PNG, JPEG or BMP", Refused(Encoding.UTF8.GetBytes("<html>")));
        var png = ImageBytes.Png(3, 2, 3, Colours);
        Assert.Contains("end is missing", Refused(png[..^1]));
        png[45] ^= 1;
        Assert.Contains("checksum", Refused(png));
        var vast = ImageBytes.GreyJpeg;
        vast.AsSpan(vast.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]) + 5, 4).Fill(0xFF); // height and width
        Assert.Contains("65535 x 65535 pixels", Refused(vast));
        File.CreateSymbolicLink(folder.File("link.png"), folder.File("nowhere.png"));
        Assert.Null(ImageFile.Header(folder.File("link.png")));
        Assert.Contains("link", Assert.Throws<InvalidDataException>(() => ImageFile.Read(folder.File("link.png"))).Message);
    }

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("a.JPG", true)]
    [InlineData("a.b.jpeg", true)]
    [InlineData("a.Bmp", true)]
    [InlineData("a.gif", false)]
    [InlineData("png", false)]
    public void Names_tell_what_is_an_image(string name, bool isImage) => Assert.Equal(isImage, ImageFile.HasKnownEnding(name));

    private DecodedImage Read(byte[] file) => ImageFile.Read(folder.Write("image", file));

    private string Refused(byte[] file) => Assert.Throws<InvalidDataException>(() => Read(file)).Message;
}
