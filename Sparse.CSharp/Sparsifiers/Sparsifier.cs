using SparseHybrid.Optimizers;
using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// What is done around each step of the optimizer to make or keep weights zero: masks, pruning, regrowth, a controller of
/// lambda. Everything that it remembers from step to step is in its <see cref="StateTensors"/>; the rest follows from the
/// settings and the step. Owns its tensors: dispose it.
/// </summary>
/// <remarks>Where a step is counted, the first of the run is 1. Reading a tensor's value makes the host wait for a CUDA device: not at every step.</remarks>
public abstract class Sparsifier : IStateOwner, IDisposable
{
    /// <summary>Gradients are there, and the optimizer has its step size; its step comes next.</summary>
    /// <param name="step">The step about to be taken.</param>
    public virtual void BeforeStep(long step) { }

    /// <summary>The optimizer's step is done. Parameters may be changed in place, the optimizer restarted.</summary>
    /// <param name="step">The step that was taken.</param>
    public virtual void AfterStep(long step) { }

    /// <summary>
    /// Where the schedule of step sizes stands: a method of several rounds runs the schedule anew in each.
    /// </summary>
    /// <param name="step">The step about to be taken.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <returns>The step within the schedule, counted from 1, and how long the schedule is.</returns>
    public virtual (long Step, long TotalSteps) SchedulePosition(long step, long totalSteps) => (step, totalSteps);

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, torch.Tensor> StateTensors() => new Dictionary<string, torch.Tensor>();

    /// <inheritdoc/>
    public virtual void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors) { }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors; the base class has none.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) { }
}
