using SparseHybrid.Data;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Data;

public sealed class PrefetchedBatchesTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly LabelledImages images =
        LabelledImages.FromBytes(IdxBytes.Noise(50 * 3 * 8 * 8), [50, 3, 8, 8], [.. Enumerable.Range(0, 50)], 50, new Normalisation([0.4, 0.4, 0.4], [0.2, 0.2, 0.2]));

    public void Dispose()
    {
        images.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void The_batches_are_those_of_the_source_in_their_order()
    {
        var source = ImageBatches.Shuffled(images, 8, seed: 3, Augmentation.CifarWithErasing);
        var prefetched = new PrefetchedBatches(source, depth: 2);

        Assert.Equal(source.BatchesPerEpoch, prefetched.BatchesPerEpoch);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            Assert.Equal(Bits(source, epoch, 0), Bits(prefetched, epoch, 0));
        }
    }

    [Fact]
    public void An_epoch_can_be_entered_anywhere_and_read_in_any_order()
    {
        var source = ImageBatches.Shuffled(images, 8, seed: 3);
        var prefetched = new PrefetchedBatches(source);
        using var expected = source.OpenEpoch(1);
        using var epoch = prefetched.OpenEpoch(1);

        Assert.Equal(Bits(source, 1, from: 4), Bits(prefetched, 1, from: 4));
        foreach (var index in new[] { 2, 3, 0, 6, 6, 1 })
        {
            Assert.Equal(TensorBits.Of(expected.Read(index).Inputs), TensorBits.Of(epoch.Read(index).Inputs));
        }
    }

    [Fact]
    public void What_is_read_dies_with_the_readers_scope_and_the_rest_with_the_epoch()
    {
        var prefetched = new PrefetchedBatches(ImageBatches.Shuffled(images, 8, seed: 3));
        torch.Tensor inputs;
        using (var epoch = prefetched.OpenEpoch(0))
        using (torch.NewDisposeScope())
        {
            inputs = epoch.Read(0).Inputs;
            Assert.False(inputs.IsInvalid);
        }

        Assert.True(inputs.IsInvalid);
    }

    [Fact]
    public void An_exception_surfaces_at_the_batch_that_it_belongs_to()
    {
        using var epoch = new PrefetchedBatches(new FailingSource(failAt: 2)).OpenEpoch(0);

        Assert.Equal(0, epoch.Read(0).Labels.item<long>());
        Assert.Equal(1, epoch.Read(1).Labels.item<long>());
        Assert.Contains("batch 2", Assert.Throws<DataException>(() => epoch.Read(2)).Message);
        Assert.Contains("batch 2", Assert.Throws<DataException>(() => epoch.Read(2)).Message);
        Assert.Equal(3, epoch.Read(3).Labels.item<long>());
    }

    [Fact]
    public void No_more_batches_are_prepared_ahead_than_asked_for_and_none_after_the_end()
    {
        var source = new FailingSource(failAt: 1000);
        using (var epoch = new PrefetchedBatches(source, depth: 2).OpenEpoch(0))
        {
            epoch.Read(0);
            SpinWait.SpinUntil(() => source.Reads == 4, TimeSpan.FromSeconds(10));
            Assert.Equal(4, source.Reads); // one read, two waiting, one that waits for room
            Thread.Sleep(20);
            Assert.Equal(4, source.Reads);
        }

        Assert.Equal(4, source.Reads);
        Assert.True(source.IsClosed);
    }

    [Fact]
    public void There_is_no_batch_beyond_the_epoch()
    {
        using var epoch = new PrefetchedBatches(ImageBatches.Shuffled(images, 8, seed: 3)).OpenEpoch(0);

        Assert.Throws<ArgumentOutOfRangeException>(() => epoch.Read(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => epoch.Read(-1));
    }

    [CudaFact]
    public void On_cuda_the_batches_are_the_same()
    {
        var source = ImageBatches.Shuffled(images, 8, seed: 3, Augmentation.Cifar);
        using var expected = source.OpenEpoch(0);
        using var epoch = new PrefetchedBatches(source, torch.CUDA).OpenEpoch(0);
        var batch = epoch.Read(0);

        Assert.True(batch.Inputs.is_cuda);
        Assert.Equal(TensorBits.Of(expected.Read(0).Inputs), TensorBits.Of(batch.Inputs.cpu()));
    }

    private static List<string> Bits(IBatchSource source, int epoch, int from)
    {
        using var scope = torch.NewDisposeScope();
        using var batches = source.OpenEpoch(epoch);
        return
        [
            .. Enumerable.Range(from, source.BatchesPerEpoch - from)
                .Select(batches.Read)
                .Select(batch => Convert.ToHexString(TensorBits.Of(batch.Inputs)) + Convert.ToHexString(TensorBits.Of(batch.Labels))),
        ];
    }

    /// <summary>Batches whose one label is their number; one of them cannot be read.</summary>
    private sealed class FailingSource(int failAt) : IBatchSource, IEpochBatches
    {
        private int reads;

        public int BatchesPerEpoch => 100;

        public int Reads => Volatile.Read(ref reads);

        public bool IsClosed { get; private set; }

        public IEpochBatches OpenEpoch(int epoch) => this;

        public Batch Read(int index)
        {
            Interlocked.Increment(ref reads);
            return index == failAt
                ? throw new DataException("source", $"Cannot read batch {index}.", "It is a test.", "None.")
                : new Batch(torch.zeros([1, 1]), torch.tensor(new long[] { index }));
        }

        public void Dispose() => IsClosed = true;
    }
}
