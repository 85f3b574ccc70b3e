using SparseHybrid.Data;
using TorchSharp;

namespace SparseHybrid.Tests.Data;

public sealed class ImageBatchesTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly LabelledImages images = Numbered(10);

    public void Dispose()
    {
        images.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void An_epoch_visits_every_image_once_with_its_own_label()
    {
        var batches = ImageBatches.Shuffled(images, batchSize: 4, seed: 1);
        using var epoch = batches.OpenEpoch(0);
        var read = Enumerable.Range(0, batches.BatchesPerEpoch).Select(epoch.Read).ToList();

        Assert.Equal([4, 4, 2], read.Select(batch => batch.Labels.shape[0]));
        var labels = read.SelectMany(batch => batch.Labels.data<long>().ToArray()).ToList();
        Assert.Equal(labels.Select(label => label + 0.5f), read.SelectMany(batch => batch.Inputs.data<float>().ToArray()));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), labels.Order());
        Assert.Equal(ShuffledOrder.ForEpoch(1, 0, 10), labels);
    }

    [Fact]
    public void In_order_leaves_the_images_where_they_are()
    {
        using var epoch = ImageBatches.InOrder(images, batchSize: 6).OpenEpoch(3);

        Assert.Equal([6L, 7L, 8L, 9L], epoch.Read(1).Labels.data<long>().ToArray());
        Assert.Equal([6.5f, 7.5f, 8.5f, 9.5f], epoch.Read(1).Inputs.data<float>().ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void There_is_no_batch_beyond_the_epoch(int index)
    {
        using var epoch = ImageBatches.Shuffled(images, batchSize: 4, seed: 1).OpenEpoch(0);

        Assert.Throws<ArgumentOutOfRangeException>(() => epoch.Read(index));
    }

    [Fact]
    public void A_last_batch_that_is_not_full_is_left_out_where_that_is_asked_for()
    {
        var batches = ImageBatches.Shuffled(images, batchSize: 4, seed: 1, dropsLast: true);
        using var epoch = batches.OpenEpoch(0);

        Assert.Equal(2, batches.BatchesPerEpoch);
        Assert.Throws<ArgumentOutOfRangeException>(() => epoch.Read(2));
        Assert.Throws<ArgumentException>(() => ImageBatches.Shuffled(images, batchSize: 11, seed: 1, dropsLast: true));
    }

    /// <summary>Images of one pixel each, label + 0.5.</summary>
    private static LabelledImages Numbered(int count)
    {
        var labels = torch.arange(count, dtype: torch.ScalarType.Int64);
        return new LabelledImages((labels.to(torch.ScalarType.Float32) + 0.5f).reshape(count, 1, 1, 1), labels, classes: count);
    }
}
