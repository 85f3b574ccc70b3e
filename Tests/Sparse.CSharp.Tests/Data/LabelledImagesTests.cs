using SparseHybrid.Data;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Data;

public sealed class LabelledImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pixels_are_scaled_shifted_and_divided()
    {
        using var images = Read([0, 255, 51, 102], [3, 9], [2, 1, 2]);

        using var inputs = images.Inputs(0, 2);
        Assert.Equal([2, 1, 1, 2], inputs.shape);
        Assert.Equal([-0.5f, 1.5f, -0.1f, 0.3f], inputs.data<float>().ToArray());
        using var second = images.Inputs(1, 1);
        Assert.Equal([-0.1f, 0.3f], second.data<float>().ToArray());
        Assert.Equal(torch.ScalarType.Byte, images.Stored.dtype);
        Assert.Equal([3L, 9L], images.Labels.data<long>().ToArray());
        Assert.Equal([1, 1, 2], images.InputShape);
    }

    [Fact]
    public void A_label_above_the_classes_is_named_with_its_place()
    {
        var error = Assert.Throws<DataException>(() => Read([0, 0, 0], [1, 10, 11], [3, 1, 1]));

        Assert.Contains("Label 2 is 10", error.Message);
        Assert.Contains("0 to 9", error.Message);
    }

    [Fact]
    public void Counts_that_differ_are_both_named() =>
        Assert.Contains("2 labels for 3 images", Assert.Throws<DataException>(() => Read([0, 0, 0], [1, 2], [3, 1, 1])).Message);

    [Fact]
    public void Labels_must_be_as_many_as_images()
    {
        using var images = torch.zeros([2, 1, 1, 1]);
        using var labels = torch.zeros([3], dtype: torch.ScalarType.Int64);

        Assert.Contains("[2] int64", Assert.Throws<ArgumentException>(() => new LabelledImages(images, labels, classes: 10)).Message);
    }

    [Fact]
    public void Bytes_need_a_normalisation_for_every_channel()
    {
        using var scope = torch.NewDisposeScope();
        var bytes = torch.zeros([2, 3, 1, 1], dtype: torch.ScalarType.Byte);
        var labels = torch.zeros([2], dtype: torch.ScalarType.Int64);

        Assert.Throws<ArgumentException>(() => new LabelledImages(bytes, labels, 2));
        var error = Assert.Throws<ArgumentException>(() => new LabelledImages(bytes, labels, 2, new Normalisation([0.5], [0.5])));
        Assert.Contains("3 channels", error.Message);
        Assert.Throws<ArgumentException>(() => new LabelledImages(bytes, labels, 2, new Normalisation([0, 0, double.NaN], [1, 1, 1])));
        Assert.Throws<ArgumentException>(() => new LabelledImages(bytes, labels, 2, new Normalisation([0, 0, 0], [1, 0, 1])));
    }

    private LabelledImages Read(byte[] pixels, byte[] labels, int[] shape) =>
        LabelledImages.ReadIdx(
            folder.Write("images", IdxBytes.Make(shape, pixels)),
            folder.Write("labels", IdxBytes.Make([labels.Length], labels)),
            classes: 10,
            mean: 0.25,
            standardDeviation: 0.5);
}
