namespace SparseHybrid.Deploy.Graph;

/// <summary>One size of a value: a number, or the name of a number that only running tells. Equal names are equal sizes.</summary>
internal readonly record struct Dimension(long? Size, string? Symbol)
{
    public static implicit operator Dimension(long size) => new(size, null);

    /// <summary>A size about which nothing is known.</summary>
    public static Dimension Unknown(string value, int axis) => new(null, $"{value}#{axis}");

    /// <summary>The declared shape of a value; null when not even the number of dimensions is known.</summary>
    public static Dimension[]? Declared(Onnx.ValueInfoProto value) => value.Type?.TensorType?.Shape?.Dim
        .Select((size, axis) => size.HasDimValue ? size.DimValue
            : size.DimParam.Length > 0 ? new Dimension(null, size.DimParam)
            : Unknown(value.Name, axis))
        .ToArray();

    /// <summary>The size of two values that are combined entry by entry, the one repeated along a size of 1; null: they do not fit.</summary>
    public static Dimension? Broadcast(Dimension left, Dimension right, Dimension unknown) =>
        left == right || right.Size == 1 ? left
        : left.Size == 1 ? right
        : left.Size is not null ? right.Size is null ? left : null // an unknown size that meets n > 1 is 1 or n
        : right.Size is not null ? right
        : unknown;
}
