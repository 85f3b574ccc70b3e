using SparseHybrid.Data;

namespace SparseHybrid.Tests.Support;

/// <summary>Batches that cancel a run while it takes a given step, counted from 1.</summary>
public sealed class CancellingBatches(IBatchSource batches, int step, CancellationTokenSource cancellation) : IBatchSource
{
    private int reads;

    public int BatchesPerEpoch => batches.BatchesPerEpoch;

    public IEpochBatches OpenEpoch(int epoch) => new Epoch(this, batches.OpenEpoch(epoch));

    private sealed class Epoch(CancellingBatches owner, IEpochBatches inner) : IEpochBatches
    {
        public Batch Read(int index)
        {
            if (++owner.reads == owner.CancelStep)
            {
                owner.Cancel();
            }

            return inner.Read(index);
        }

        public void Dispose() => inner.Dispose();
    }

    private int CancelStep => step;

    private void Cancel() => cancellation.Cancel();
}
