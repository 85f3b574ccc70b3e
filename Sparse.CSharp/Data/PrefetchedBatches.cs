using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>
/// Prepares the next batches on a thread of its own while the present one is learned from, and moves them to the device.
/// What is read is exactly what the source gives, in the order asked for.
/// </summary>
/// <remarks>
/// For CUDA the batches wait in pinned memory and are copied without waiting. An exception of the source surfaces at the read
/// of the batch that it belongs to.
/// </remarks>
public sealed class PrefetchedBatches : IBatchSource
{
    private readonly IBatchSource source;
    private readonly torch.Device device;
    private readonly int depth;

    /// <param name="source">Gives batches in main memory; read on one thread at a time.</param>
    /// <param name="device">Where the batches are wanted; null: in main memory.</param>
    /// <param name="depth">Batches that are prepared ahead at most, at least 1. Default 3.</param>
    public PrefetchedBatches(IBatchSource source, torch.Device? device = null, int depth = 3)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        this.source = source;
        this.device = device ?? torch.CPU;
        this.depth = depth;
    }

    /// <summary>
    /// Prefetches where that gains something: on the way to another device, and where images are augmented. Batches that are
    /// but gathered in main memory come sooner than another thread could be told to do it.
    /// </summary>
    /// <param name="batches">In main memory.</param>
    /// <param name="device">Where the batches are wanted.</param>
    public static IBatchSource WhereItHelps(ImageBatches batches, torch.Device device) =>
        device.type == DeviceType.CPU && !batches.IsAugmented ? batches : new PrefetchedBatches(batches, device);

    /// <inheritdoc/>
    public int BatchesPerEpoch => source.BatchesPerEpoch;

    /// <inheritdoc/>
    public IEpochBatches OpenEpoch(int epoch) => new Epoch(this, source.OpenEpoch(epoch));

    private bool IsHost => device.type == DeviceType.CPU;

    private sealed class Epoch(PrefetchedBatches owner, IEpochBatches batches) : IEpochBatches
    {
        private Worker? worker;

        public Batch Read(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, owner.BatchesPerEpoch);
            if (worker?.Next != index)
            {
                worker?.Dispose(); // out of order, as after a resume: begin again from there
                worker = new Worker(owner, batches, index);
            }

            var prepared = worker.Take();
            using (prepared.Inputs)
            using (prepared.Labels)
            {
                return new Batch(Own(prepared.Inputs), Own(prepared.Labels));
            }
        }

        public void Dispose()
        {
            worker?.Dispose();
            batches.Dispose();
        }

        // A new handle belongs to the reader's dispose scope, as that of any source does; the worker's has none.
        private torch.Tensor Own(torch.Tensor tensor) => owner.IsHost ? tensor.alias() : tensor.to(owner.device, non_blocking: true);
    }

    /// <summary>Prepares batches from one on, until the epoch ends, one fails, or it is disposed.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly PrefetchedBatches owner;
        private readonly IEpochBatches batches;
        private readonly BlockingCollection<(Batch Batch, ExceptionDispatchInfo? Fault)> ready;
        private readonly CancellationTokenSource stop = new();
        private readonly Thread thread;

        public Worker(PrefetchedBatches owner, IEpochBatches batches, int first)
        {
            this.owner = owner;
            this.batches = batches;
            Next = first;
            ready = new(owner.depth);
            thread = new Thread(() => Prepare(first)) { IsBackground = true, Name = "prefetch" };
            thread.Start();
        }

        /// <summary>The batch that <see cref="Take"/> gives next.</summary>
        public int Next { get; private set; }

        public Batch Take()
        {
            var (batch, fault) = ready.Take();
            if (fault is not null)
            {
                Next = -1; // a further read begins anew
                fault.Throw();
            }

            Next++;
            return batch;
        }

        public void Dispose()
        {
            stop.Cancel();
            thread.Join();
            while (ready.TryTake(out var left))
            {
                Free(left.Batch);
            }

            ready.Dispose();
            stop.Dispose();
        }

        private void Prepare(int first)
        {
            for (var index = first; index < owner.BatchesPerEpoch && !stop.IsCancellationRequested; index++)
            {
                Batch batch = default;
                try
                {
                    batch = PrepareOne(index);
                    ready.Add((batch, null), stop.Token);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    Free(batch);
                    return;
                }
                catch (Exception error)
                {
                    Offer(ExceptionDispatchInfo.Capture(error));
                    return;
                }
            }
        }

        private Batch PrepareOne(int index)
        {
            using var scope = torch.NewDisposeScope();
            var batch = batches.Read(index);
            return owner.IsHost
                ? new Batch(batch.Inputs.DetachFromDisposeScope(), batch.Labels.DetachFromDisposeScope())
                : new Batch(batch.Inputs.pin_memory().DetachFromDisposeScope(), batch.Labels.pin_memory().DetachFromDisposeScope());
        }

        private void Offer(ExceptionDispatchInfo fault)
        {
            try
            {
                ready.Add((default, fault), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Nobody reads any more.
            }
        }

        private static void Free(Batch batch)
        {
            batch.Inputs?.Dispose();
            batch.Labels?.Dispose();
        }
    }
}
