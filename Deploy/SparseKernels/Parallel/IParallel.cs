namespace SparseHybrid.Kernels;

/// <summary>Runs independent parts of one computation, on several threads where there are any.</summary>
internal unsafe interface IParallel
{
    /// <summary>Threads that may take part, at least 1.</summary>
    int Threads { get; }

    /// <summary>Calls the body once for every part from 0 to <paramref name="parts"/> - 1, in any order, and returns when all are done.</summary>
    /// <param name="parts">How many, 0 or more.</param>
    /// <param name="body">Takes the part's number and <paramref name="state"/>. It must not throw.</param>
    /// <param name="state">Handed on to the body.</param>
    void For(int parts, delegate*<int, void*, void> body, void* state);
}
