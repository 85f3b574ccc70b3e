namespace SparseHybrid.Kernels.Tests;

/// <summary>Claims several threads and runs the parts on the pool's, in no order.</summary>
internal sealed unsafe class ShuffledParallel(int threads) : IParallel
{
    public int Threads => threads;

    public void For(int parts, delegate*<int, void*, void> body, void* state)
    {
        var (function, argument) = ((nint)body, (nint)state);
        var order = Enumerable.Range(0, parts).Reverse().ToArray();
        System.Threading.Tasks.Parallel.ForEach(order, part => ((delegate*<int, void*, void>)function)(part, (void*)argument));
    }
}
