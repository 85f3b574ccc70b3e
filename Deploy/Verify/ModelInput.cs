using Microsoft.ML.OnnxRuntime.Tensors;

namespace SparseHybrid.Deploy.Verify;

/// <summary>An input as a model declares it.</summary>
/// <param name="ModelPath">The model, for messages.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What an entry is.</param>
/// <param name="Sizes">Its dimensions, the batch in front; -1 where the model leaves one open.</param>
internal sealed record ModelInput(string ModelPath, string Name, TensorElementType Type, IReadOnlyList<int> Sizes)
{
    /// <summary>Whether any number of samples can be given at once.</summary>
    public bool HasOpenBatch => Sizes is [< 0, ..];

    /// <summary>Whether one entry along the first dimension belongs to one sample, in a run of this many.</summary>
    public bool HasRows(int count) => HasOpenBatch || Sizes is [var first, ..] && first == count;

    /// <summary>The shape for a run of samples of this shape.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="sampleShape">
    /// The shape of one, which may be arranged differently where the model fixes every size; null: as the model says.
    /// </param>
    /// <exception cref="ModelFileException">They do not fit, or nobody says what an open dimension is.</exception>
    public long[] Shape(int count, IReadOnlyList<long>? sampleShape)
    {
        if (!HasRows(count))
        {
            return Sizes.All(size => size >= 0) ? [.. Sizes.Select(size => (long)size)] : throw IsOpen();
        }

        long[] declared = [.. Sizes.Skip(1)];
        if (sampleShape is null)
        {
            return Array.TrueForAll(declared, size => size >= 0) ? [count, .. declared] : throw IsOpen();
        }

        if (declared.Length == sampleShape.Count && declared.Zip(sampleShape).All(pair => pair.First < 0 || pair.First == pair.Second))
        {
            return [count, .. sampleShape];
        }

        return Array.TrueForAll(declared, size => size >= 0) && Product(declared) == Product(sampleShape)
            ? [count, .. declared]
            : throw new ModelFileException(
                ModelPath, $"Cannot feed '{ModelPath}' samples of {string.Join('x', sampleShape)}.", $"Its input '{Name}' is [{Words}].",
                "Give samples of that shape.");
    }

    private string Words => string.Join(", ", Sizes.Select(size => size >= 0 ? $"{size}" : "open"));

    private ModelFileException IsOpen() => new(
        ModelPath, $"Cannot make up samples for '{ModelPath}'.", $"Its input '{Name}' is [{Words}]; beyond the batch every size must be known.",
        "Give real samples (--input FILE.npz, an array for each input).");

    private static long Product(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
