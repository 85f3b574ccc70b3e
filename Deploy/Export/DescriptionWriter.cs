using SparseHybrid.Deploy.Export.Converters;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Models.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Writes the operations by which a module describes its forward pass as nodes.</summary>
internal sealed class DescriptionWriter(ModuleSite site) : IForwardOperations<GraphValue>
{
    public IReadOnlyList<long> SampleShape(GraphValue value) => value.Shape;

    public GraphValue Call(nn.Module<Tensor, Tensor> child, GraphValue input)
    {
        var name = site.Module.named_modules().FirstOrDefault(named => ReferenceEquals(named.Item2, child)).Item1;
        return name is not null
            ? ModuleConverters.Convert(site.Child(name, child), input)
            : throw site.Refusal(
                $"its description calls a {child?.GetType().Name ?? "module that is null"} which is not registered in it.",
                "Keep its modules in fields and call RegisterComponents() at the end of the constructor.");
    }

    public GraphValue Add(GraphValue left, GraphValue right) => Broadcast("Add", left, right.Name, right.Shape);

    public GraphValue Add(GraphValue value, Parameter parameter) => WithParameter("Add", value, parameter);

    public GraphValue Subtract(GraphValue left, GraphValue right) => Broadcast("Sub", left, right.Name, right.Shape);

    public GraphValue Multiply(GraphValue left, GraphValue right) => Broadcast("Mul", left, right.Name, right.Shape);

    public GraphValue Multiply(GraphValue value, Parameter parameter) => WithParameter("Mul", value, parameter);

    public GraphValue Scale(GraphValue value, double factor) => (new Formula(site, value) * factor).Value;

    public GraphValue MatMul(GraphValue left, GraphValue right)
    {
        if (left.Shape.Length < 2 || right.Shape.Length != left.Shape.Length || left.Shape[^1] != right.Shape[^2]
            || !left.Shape[..^2].SequenceEqual(right.Shape[..^2]))
        {
            throw site.Misfit($"values whose product with [batch, {string.Join(", ", right.Shape)}] exists", left);
        }

        return site.Step("MatMul", [left.Name, right.Name], [.. left.Shape[..^1], right.Shape[^1]]);
    }

    public GraphValue Concatenate(long dimension, params GraphValue[] values)
    {
        var (first, axis) = (values[0], site.Dimension(dimension, values[0]));
        foreach (var value in values)
        {
            if (value.Rank != first.Rank || value.Shape.Where((size, i) => i != axis - 1 && size != first.Shape[i]).Any())
            {
                throw site.Misfit($"values of the sizes [batch, {string.Join(", ", first.Shape)}] but along dimension {axis}", value);
            }
        }

        var joined = WithSize(first, axis, values.Sum(value => value.Shape[axis - 1]));
        return site.Step("Concat", values.Select(value => value.Name), joined, Protos.Attribute("axis", axis));
    }

    public GraphValue Slice(GraphValue value, long dimension, long start, long end, long step = 1)
    {
        var axis = site.Dimension(dimension, value);
        if (start < 0 || end > value.Shape[axis - 1] || start >= end || step < 1)
        {
            throw site.Refusal(
                $"it takes the entries {start} to {end} in steps of {step} of {value.Shape[axis - 1]}.", "Take one entry or more, within the dimension.");
        }

        var count = (end - start + step - 1) / step;
        return site.Step(
            "Slice", [value.Name, site.Integers(start), site.Integers(end), site.Integers(axis), site.Integers(step)], WithSize(value, axis, count));
    }

    public GraphValue Pad(GraphValue value, long dimension, long before, long behind)
    {
        var place = site.Dimension(dimension, value) - 1;
        var (first, last) = (new long[value.Shape.Length], new long[value.Shape.Length]);
        (first[place], last[place]) = (before, behind);
        return PaddingConverter.Pad(site, value, first, last, TorchSharp.PaddingModes.Constant);
    }

    public GraphValue Flatten(GraphValue value) => site.Step("Flatten", [value.Name], [value.Count], Protos.Attribute("axis", 1));

    public GraphValue Reshape(GraphValue value, params long[] sampleShape) => ShapeConverter.Reshape(site, value, sampleShape);

    public GraphValue Permute(GraphValue value, params long[] dimensions)
    {
        long[] order = [.. dimensions.Select((dimension, i) => i == 0 ? dimension : site.Dimension(dimension, value))];
        if (order.Length != value.Rank || order[0] != 0 || order.Distinct().Count() != order.Length)
        {
            throw site.Refusal(
                $"it orders the dimensions [{string.Join(", ", dimensions)}] of {value.Rank}.", "Name each dimension once, the batch (0) first.");
        }

        return site.Step("Transpose", [value.Name], [.. order[1..].Select(axis => value.Shape[axis - 1])], Protos.Attribute("perm", order));
    }

    public GraphValue Mean(GraphValue value, long[] dimensions, bool keepDimensions = false) =>
        Reduce("ReduceMean", "GlobalAveragePool", value, dimensions, keepDimensions);

    public GraphValue Max(GraphValue value, long[] dimensions, bool keepDimensions = false) =>
        Reduce("ReduceMax", "GlobalMaxPool", value, dimensions, keepDimensions);

    public GraphValue Relu(GraphValue value) => Apply("Relu", value);

    public GraphValue Sigmoid(GraphValue value) => Apply("Sigmoid", value);

    public GraphValue Tanh(GraphValue value) => Apply("Tanh", value);

    public GraphValue Softmax(GraphValue value, long dimension) =>
        site.Step("Softmax", [value.Name], value.Shape, Protos.Attribute("axis", site.Dimension(dimension, value)));

    private GraphValue Apply(string operation, GraphValue value) => new Formula(site, value).Then(operation).Value;

    private GraphValue Reduce(string operation, string globalPool, GraphValue value, long[] dimensions, bool keepDimensions)
    {
        long[] axes = [.. dimensions.Select(dimension => (long)site.Dimension(dimension, value)).Order()];
        var overSpace = value.Rank > 2 && axes.SequenceEqual(Enumerable.Range(2, value.Rank - 2).Select(axis => (long)axis));
        return keepDimensions && overSpace
            ? site.Step(globalPool, [value.Name], [value.Shape[0], .. axes.Select(_ => 1L)])
            : new Formula(site, value).Reduce(operation, axes, keepDimensions).Value;
    }

    private GraphValue WithParameter(string operation, GraphValue value, Parameter parameter)
    {
        var name = site.Module.named_parameters().FirstOrDefault(named => ReferenceEquals(named.Item2, parameter)).Item1
            ?? throw site.Refusal(
                "its description uses a parameter which is not registered in it.",
                "Keep its parameters in fields and call RegisterComponents() at the end of the constructor.");
        var shape = parameter.shape;
        if (shape.Length > value.Shape.Length && shape[0] != 1)
        {
            throw site.Misfit($"what a parameter of shape [{string.Join(", ", shape)}] broadcasts to without touching the batch", value);
        }

        long[] sample = shape.Length > value.Shape.Length ? shape[1..] : shape;
        return Broadcast(operation, value, site.Tensor(name, parameter), sample);
    }

    private GraphValue Broadcast(string operation, GraphValue left, string right, long[] rightShape)
    {
        var rank = Math.Max(left.Shape.Length, rightShape.Length);
        var (a, b) = (Aligned(left.Shape, rank), Aligned(rightShape, rank));
        if (a.Zip(b).Any(sizes => sizes.First != sizes.Second && sizes.First != 1 && sizes.Second != 1))
        {
            throw site.Misfit($"what [{string.Join(", ", rightShape)}] broadcasts to", left);
        }

        return site.Step(operation, [left.Name, right], [.. a.Zip(b, Math.Max)]);
    }

    private static long[] Aligned(long[] shape, int rank) => [.. Enumerable.Repeat(1L, rank - shape.Length), .. shape];

    private static long[] WithSize(GraphValue value, int axis, long size) => [.. value.Shape.Select((old, i) => i == axis - 1 ? size : old)];
}
