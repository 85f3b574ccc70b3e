namespace SparseHybrid.Data;

/// <summary>A data set in its usual two parts. Owns both: dispose it.</summary>
/// <param name="Name">Name of the data set, as the command line knows it.</param>
/// <param name="Folder">Where its files were read; empty for arrays in memory.</param>
/// <param name="Train">The part to learn from.</param>
/// <param name="Test">The part to judge by, never learned from.</param>
public sealed record TrainAndTest(string Name, string Folder, LabelledImages Train, LabelledImages Test) : IDisposable
{
    /// <summary>What the classes are called, in the order of their numbers; null where they are known by number only.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>How stored values become inputs, by the numbers of the training part; the same for both parts.</summary>
    public Normalisation Normalisation => Train.Normalisation;

    /// <summary>Data of the user's own, out of arrays in memory.</summary>
    /// <param name="train">The part to learn from. Ownership passes to the new object.</param>
    /// <param name="test">The part to judge by. Ownership passes to the new object.</param>
    /// <param name="name">What to call it in records.</param>
    /// <exception cref="ArgumentException">The parts differ in the shape of an input or in the number of classes.</exception>
    public static TrainAndTest InMemory(LabelledImages train, LabelledImages test, string name = "in-memory")
    {
        if (!train.InputShape.AsSpan().SequenceEqual(test.InputShape) || train.Classes != test.Classes)
        {
            throw new ArgumentException(
                $"Both parts must be alike: inputs to learn from are {Describe(train)}, those to judge by {Describe(test)}.", nameof(test));
        }

        return new TrainAndTest(name, Folder: "", train, test);
    }

    /// <summary>Frees both parts.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }

    private static string Describe(LabelledImages part) => $"[{string.Join(", ", part.InputShape)}] of {part.Classes} classes";
}
