namespace SparseHybrid.Deploy.Session;

/// <summary>A run of a session over fixed memory, to be repeated. It has been run once when it is handed out.</summary>
internal interface IPreparedRun : IDisposable
{
    /// <summary>Computes the outputs of the input; it is done when this returns.</summary>
    void Run();

    /// <summary>The outputs, each flattened row by row, in the model's order.</summary>
    float[][] CopyOutputs();
}
