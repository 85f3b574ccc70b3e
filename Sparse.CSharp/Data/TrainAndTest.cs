namespace SparseHybrid.Data;

/// <summary>A data set in its usual two parts. Owns both: dispose it.</summary>
/// <param name="Name">Name of the data set, as the command line knows it.</param>
/// <param name="Folder">Where its files were read.</param>
/// <param name="Train">The part to learn from.</param>
/// <param name="Test">The part to judge by, never learned from.</param>
public sealed record TrainAndTest(string Name, string Folder, LabelledImages Train, LabelledImages Test) : IDisposable
{
    /// <summary>How stored values become inputs, by the numbers of the training part; the same for both parts.</summary>
    public Normalisation Normalisation => Train.Normalisation;

    /// <summary>Frees both parts.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }
}
