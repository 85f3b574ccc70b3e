using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>The shapes of what a model takes, for as few samples as it takes.</summary>
internal static class InputShape
{
    /// <summary>The inputs that have to be fed: without those that are tensors of the model.</summary>
    public static IEnumerable<ValueInfoProto> Fed(GraphProto graph)
    {
        var tensors = graph.Initializer.Select(tensor => tensor.Name).Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? "")).ToHashSet();
        return graph.Input.Where(input => !tensors.Contains(input.Name));
    }

    /// <summary>The shape to feed, the batch in front; null when sizes are open that nobody gave.</summary>
    /// <param name="input">An input of the graph.</param>
    /// <param name="sampleShape">Sizes of one sample; null: as declared.</param>
    /// <exception cref="ArgumentException">The sample does not fit the input.</exception>
    public static long[]? Of(ValueInfoProto input, IReadOnlyList<long>? sampleShape)
    {
        if (input.Type?.TensorType is null)
        {
            return null;
        }

        if (Dimension.Declared(input) is not { } declared)
        {
            return sampleShape is null ? null : [1, .. sampleShape];
        }

        if (sampleShape is not null && (declared.Length != sampleShape.Count + 1 || declared.Skip(1).Zip(sampleShape).Any(pair => pair.First.Size is { } size && size > 0 && size != pair.Second)))
        {
            var sizes = declared.Select(size => size.Size is { } known ? $"{known}" : "open");
            throw new ArgumentException($"Samples of {string.Join('x', sampleShape)} do not fit the input '{input.Name}' of [{string.Join(", ", sizes)}], the batch in front.");
        }

        var shape = declared.Select((size, axis) => axis == 0 ? Math.Max(size.Size ?? 1, 1) : sampleShape?[axis - 1] ?? size.Size ?? 0).ToArray();
        return shape.Contains(0) ? null : shape;
    }
}
