namespace SparseHybrid.Kernels;

/// <summary>One part after the other on the calling thread.</summary>
internal sealed unsafe class SerialParallel : IParallel
{
    /// <summary>The only one that is needed.</summary>
    public static SerialParallel Instance { get; } = new();

    /// <inheritdoc/>
    public int Threads => 1;

    /// <inheritdoc/>
    public void For(int parts, delegate*<int, void*, void> body, void* state)
    {
        for (var part = 0; part < parts; part++)
        {
            body(part, state);
        }
    }
}
