namespace SparseHybrid.Data;

/// <summary>A data set in its usual two parts. Owns both: dispose it.</summary>
/// <param name="Name">Name of the data set, as the command line knows it.</param>
/// <param name="Folder">Where its files were read.</param>
/// <param name="Train">The part to learn from.</param>
/// <param name="Test">The part to judge by, never learned from.</param>
/// <param name="Mean">Mean of the training pixels (0..1), subtracted from both parts.</param>
/// <param name="StandardDeviation">Standard deviation of the training pixels; both parts were divided by it.</param>
public sealed record TrainAndTest(string Name, string Folder, LabelledImages Train, LabelledImages Test, double Mean, double StandardDeviation)
    : IDisposable
{
    /// <summary>Frees both parts.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }
}
