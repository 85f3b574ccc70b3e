namespace SparseHybrid.Kernels;

/// <summary>A node of a session, ready to run. ONNX Runtime may run it on several threads at the same time.</summary>
internal abstract class Kernel : IDisposable
{
    /// <summary>Operator and node, for messages.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The session's, at least 1.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Computes the outputs of one run.</summary>
    public abstract void Compute(KernelContext context);

    /// <summary>Frees what the kernel holds; its session is being disposed and runs it no more.</summary>
    public abstract void Dispose();
}
