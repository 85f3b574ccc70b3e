using SparseHybrid.Data;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Data;

public sealed class BatchAssemblyTests : IDisposable
{
    private const int Channels = 3;
    private const int Height = 7;
    private const int Width = 9;
    private const int Count = 40;

    private static readonly Normalisation Numbers = new([0.1, 0.2, 0.3], [0.5, 0.6, 0.7]);

    private static readonly Augmentation Everything = new()
    {
        CropPadding = 3,
        FlipProbability = 0.5,
        Erasing = new RandomErasing { Probability = 0.7, SmallestShare = 0.1 },
    };

    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly byte[] pixels = IdxBytes.Noise(Count * Channels * Height * Width);
    private readonly LabelledImages images;

    public BatchAssemblyTests() =>
        images = LabelledImages.FromBytes(pixels, [Count, Channels, Height, Width], [.. Enumerable.Range(0, Count)], Count, Numbers);

    public void Dispose()
    {
        images.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Each_pixel_is_the_one_that_the_definition_gives()
    {
        var inputs = BatchAssembly.Inputs(images, ImageBatches.Numbers(0, Count), Everything, new EpochSeed(5, 2)).data<float>().ToArray();

        for (var image = 0; image < Count; image++)
        {
            var variation = ImageVariation.Draw(Everything, 5, 2, image, Height, Width);
            for (var i = 0; i < Channels * Height * Width; i++)
            {
                var (channel, row, column) = (i / (Height * Width), i / Width % Height, i % Width);
                Assert.Equal(Expected(image, channel, row, column, variation), inputs[image * Channels * Height * Width + i]);
            }
        }
    }

    [Fact]
    public void Floats_are_augmented_as_bytes_are()
    {
        using var floats = new LabelledImages(images.Inputs(0, Count), images.Labels.clone(), Count, Numbers);
        var numbers = ImageBatches.Numbers(0, Count);

        Assert.Equal(
            BatchAssembly.Inputs(images, numbers, Everything, new EpochSeed(1, 1)).data<float>().ToArray(),
            BatchAssembly.Inputs(floats, numbers, Everything, new EpochSeed(1, 1)).data<float>().ToArray());
    }

    [Fact]
    public void An_image_is_the_same_in_whatever_batch_it_comes()
    {
        var small = Images(ImageBatches.Shuffled(images, batchSize: 3, seed: 4, Everything));
        var large = Images(ImageBatches.Shuffled(images, batchSize: 40, seed: 4, Everything));

        Assert.Equal(Count, small.Count);
        Assert.All(small, item => Assert.Equal(large[item.Key], item.Value));
    }

    [Fact]
    public void Flat_features_are_gathered_but_not_augmented()
    {
        using var flat = new LabelledImages(torch.arange(12, dtype: torch.ScalarType.Float32).reshape(4, 3), torch.tensor(new long[] { 0, 1, 2, 3 }), 4);
        using var epoch = ImageBatches.Shuffled(flat, 4, seed: 1).OpenEpoch(0);
        var batch = epoch.Read(0);

        var labels = batch.Labels.data<long>().ToArray();
        Assert.Equal(labels.SelectMany(label => new[] { 3f * label, 3f * label + 1, 3f * label + 2 }), batch.Inputs.data<float>().ToArray());
        Assert.Contains("Flat", Assert.Throws<ArgumentException>(() => ImageBatches.Shuffled(flat, 4, 1, Augmentation.Cifar)).Message);
    }

    private float Expected(int image, int channel, int row, int column, ImageVariation variation)
    {
        var erased = variation.Erased;
        if (row >= erased.Top && row < erased.Top + erased.Rows && column >= erased.Left && column < erased.Left + erased.Columns)
        {
            return 0;
        }

        var across = variation.IsMirrored ? Width - 1 - column : column;
        var (fromRow, fromColumn) = (row + variation.Down, across + variation.Right);
        var isInside = fromRow is >= 0 and < Height && fromColumn is >= 0 and < Width;
        var pixel = isInside ? pixels[((image * Channels + channel) * Height + fromRow) * Width + fromColumn] : 0;
        return (float)((pixel / 255.0 - Numbers.Mean[channel]) / Numbers.StandardDeviation[channel]);
    }

    private static Dictionary<long, float[]> Images(ImageBatches batches)
    {
        using var epoch = batches.OpenEpoch(7);
        return Enumerable.Range(0, batches.BatchesPerEpoch)
            .Select(epoch.Read)
            .SelectMany(batch => batch.Labels.data<long>().ToArray().Select((label, place) => (label, batch.Inputs[place].data<float>().ToArray())))
            .ToDictionary(item => item.label, item => item.Item2);
    }
}
