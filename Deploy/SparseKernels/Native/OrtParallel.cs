using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>The session's intra-op threads, through ONNX Runtime's own pool. One object for each calling thread, so that runs allocate nothing.</summary>
internal sealed unsafe class OrtParallel : IParallel
{
    [ThreadStatic]
    private static OrtParallel? current;

    private readonly GCHandle self;
    private nint context;
    private Exception? failure;

    private OrtParallel() => self = GCHandle.Alloc(this, GCHandleType.Weak);

    ~OrtParallel() => self.Free();

    /// <inheritdoc/>
    public int Threads { get; private set; }

    /// <summary>The calling thread's, set to the run of a node.</summary>
    public static OrtParallel Of(nint context, int threads)
    {
        var parallel = current ??= new OrtParallel();
        (parallel.context, parallel.Threads) = (context, threads);
        return parallel;
    }

    /// <inheritdoc/>
    public void For(int parts, delegate*<int, void*, void> body, void* state)
    {
        if (parts <= 1)
        {
            SerialParallel.Instance.For(parts, body, state);
            return;
        }

        var work = new Work { Body = body, State = state, Owner = GCHandle.ToIntPtr(self) };
        OrtApi.Check(OrtApi.KernelContextParallelFor(context, &RunPart, (nuint)parts, 0, &work));
        if (Interlocked.Exchange(ref failure, null) is { } exception)
        {
            throw new InvalidOperationException($"A part of the work failed: {exception.Message}", exception);
        }
    }

    [UnmanagedCallersOnly]
    private static void RunPart(void* work, nuint part)
    {
        try
        {
            ((Work*)work)->Body((int)part, ((Work*)work)->State);
        }
#pragma warning disable CA1031 // nothing may be thrown into native code: For throws it again
        catch (Exception exception)
        {
            ((OrtParallel)GCHandle.FromIntPtr(((Work*)work)->Owner).Target!).failure = exception;
        }
#pragma warning restore CA1031
    }

    private struct Work
    {
        public delegate*<int, void*, void> Body;
        public void* State;
        public nint Owner;
    }
}
