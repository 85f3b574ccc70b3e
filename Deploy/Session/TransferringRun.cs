using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Session;

/// <summary>
/// As <see cref="PreparedRun"/>, for a provider with memory of its own: each run copies the input there and the outputs back,
/// as a program does whose data are in main memory.
/// </summary>
internal sealed class TransferringRun(InferenceSession session, float[] values, long[] shape) : PreparedRun(session, values, shape)
{
    /// <inheritdoc/>
    public override void Run()
    {
        BindInput(); // outputs are copied by the run itself, as they are bound to main memory
        base.Run();
        Binding.SynchronizeBoundOutputs();
    }
}
