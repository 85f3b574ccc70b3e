namespace SparseHybrid.Deploy.Quantize;

/// <summary>Where the entries of a value lie.</summary>
internal readonly record struct ValueRange(float Lowest, float Highest)
{
    public static ValueRange Empty { get; } = new(float.PositiveInfinity, float.NegativeInfinity);

    /// <summary>The range of both; NaN on either side stays.</summary>
    public ValueRange With(ReadOnlySpan<float> values) => values.IsEmpty
        ? this
        : new(Math.Min(Lowest, System.Numerics.Tensors.TensorPrimitives.Min(values)), Math.Max(Highest, System.Numerics.Tensors.TensorPrimitives.Max(values)));

    public bool IsFinite => float.IsFinite(Lowest) && float.IsFinite(Highest);
}
