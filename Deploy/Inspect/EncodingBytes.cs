namespace SparseHybrid.Deploy.Inspect;

/// <summary>The bytes that weights take in each way to write them down.</summary>
/// <param name="Dense">float32, zeros included: 4 an entry.</param>
/// <param name="Sparse">
/// As the form sparse-weights writes them, ONNX's sparse tensors: 4 for the value of an entry that is not zero and 1 for every 7 bits of its
/// row-major position; names and dimensions, some 100 bytes a tensor, are not counted.
/// </param>
/// <param name="Bitmask">A bit an entry says whether it is zero, and 4 bytes a value that is not.</param>
/// <param name="Delta">Values with how many zeros are in front of each: 4 bytes, and 1 for every 7 bits of that number.</param>
/// <param name="Float16">2 an entry.</param>
/// <param name="Int8">1 an entry, and a float32 scale for every output.</param>
public sealed record EncodingBytes(long Dense, long Sparse, long Bitmask, long Delta, long Float16, long Int8)
{
    /// <summary>Nothing.</summary>
    public static EncodingBytes Zero { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>For each encoding the sum.</summary>
    public static EncodingBytes operator +(EncodingBytes left, EncodingBytes right) => new(
        left.Dense + right.Dense, left.Sparse + right.Sparse, left.Bitmask + right.Bitmask, left.Delta + right.Delta, left.Float16 + right.Float16,
        left.Int8 + right.Int8);
}
