namespace TorchSharp.Utils;

/// <summary>Which .NET type holds which element type.</summary>
internal static class ElementTypes
{
    private static readonly Dictionary<Type, torch.ScalarType> ByType = new()
    {
        [typeof(byte)] = torch.ScalarType.Byte,
        [typeof(sbyte)] = torch.ScalarType.Int8,
        [typeof(short)] = torch.ScalarType.Int16,
        [typeof(int)] = torch.ScalarType.Int32,
        [typeof(long)] = torch.ScalarType.Int64,
        [typeof(Half)] = torch.ScalarType.Float16,
        [typeof(float)] = torch.ScalarType.Float32,
        [typeof(double)] = torch.ScalarType.Float64,
        [typeof(bool)] = torch.ScalarType.Bool,
    };

    /// <exception cref="ArgumentException">No tensor has such elements.</exception>
    internal static torch.ScalarType Of(Type type) =>
        ByType.TryGetValue(type, out torch.ScalarType element)
            ? element
            : throw new ArgumentException(
                $"No tensor has elements of type {type.Name}; possible are {string.Join(", ", ByType.Keys.Select(known => known.Name))}.");

    internal static torch.ScalarType Of<T>()
        where T : unmanaged => Of(typeof(T));
}
