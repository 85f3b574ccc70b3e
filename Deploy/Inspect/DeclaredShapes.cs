using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>The shapes that a file says its values have, with the names of open sizes replaced by the sizes that are fed.</summary>
internal static class DeclaredShapes
{
    /// <summary>The shapes of the values whose sizes are all known.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The shape of each input, in their order; null where it is not known.</param>
    public static Dictionary<string, long[]> Of(GraphProto graph, IReadOnlyList<long[]?> inputs)
    {
        var sizes = new Dictionary<string, long>();
        var shapes = new Dictionary<string, long[]>();
        foreach (var (input, shape) in InputShape.Fed(graph).Zip(inputs))
        {
            foreach (var (declared, size) in (Dimension.Declared(input) ?? []).Zip(shape ?? []))
            {
                sizes.TryAdd(declared.Symbol ?? "", size);
            }
        }

        foreach (var value in graph.ValueInfo.Concat(graph.Output).Concat(graph.Input))
        {
            if (Dimension.Declared(value) is { } shape && Array.TrueForAll(shape, IsKnown))
            {
                shapes[value.Name] = [.. shape.Select(size => size.Size ?? sizes[size.Symbol!])];
            }
        }
        return shapes;

        bool IsKnown(Dimension size) => size.Size is >= 0 || (size.Symbol is { } symbol && sizes.ContainsKey(symbol));
    }
}
