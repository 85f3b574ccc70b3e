namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter between steps.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    private protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Makes the memory that the settings ask for, empty.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies the memory of a state of the same kind.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Moves the memory to another device.</summary>
    public virtual void to(torch.Device device)
    {
    }

    /// <summary>Whether both remember the same, up to rounding.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => GetType() == other.GetType();

    private protected static void Replace(ref torch.Tensor memory, torch.Tensor replacement)
    {
        if (!ReferenceEquals(memory, replacement))
        {
            memory?.Dispose();
            memory = replacement?.DetachFromDisposeScope();
        }
    }

    private protected static void Load(ref torch.Tensor memory, torch.Tensor source) => Replace(ref memory, source?.clone());

    private protected static void Move(ref torch.Tensor memory, torch.Device device) => Replace(ref memory, memory?.to(device));

    private protected static bool Close(torch.Tensor first, torch.Tensor second) =>
        first is null || second is null ? ReferenceEquals(first, second) : first.allclose(second);
}
