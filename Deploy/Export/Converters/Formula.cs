using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Writes a formula over a value as nodes: each operator appends one.</summary>
internal readonly record struct Formula(ModuleSite Site, GraphValue Value)
{
    public static Formula operator +(Formula left, Formula right) => left.With("Add", right.Value.Name);

    public static Formula operator +(Formula left, string tensor) => left.With("Add", tensor);

    public static Formula operator +(Formula left, double number) => left.With("Add", left.Site.Number(number));

    public static Formula operator -(Formula left, Formula right) => left.With("Sub", right.Value.Name);

    public static Formula operator *(Formula left, Formula right) => left.With("Mul", right.Value.Name);

    public static Formula operator *(Formula left, string tensor) => left.With("Mul", tensor);

    public static Formula operator *(Formula left, double number) => left.With("Mul", left.Site.Number(number));

    public static Formula operator /(Formula left, Formula right) => left.With("Div", right.Value.Name);

    /// <summary>A function of one argument.</summary>
    public Formula Then(string operation, params AttributeProto[] attributes) =>
        this with { Value = Site.Step(operation, [Value.Name], Value.Shape, attributes) };

    /// <summary>A reduction over dimensions counted with the batch, which stay with size 1 or go.</summary>
    public Formula Reduce(string operation, long[] axes, bool keepsDimensions = true)
    {
        var shape = Value.Shape.Select((size, i) => axes.Contains(i + 1) ? 1 : size);
        var kept = keepsDimensions ? shape : Value.Shape.Where((_, i) => !axes.Contains(i + 1));
        var keep = Protos.Attribute("keepdims", keepsDimensions ? 1 : 0);
        var result = Site.Graph.Opset >= 18 // where the axes became an input
            ? Site.Step(operation, [Value.Name, Site.Integers(axes)], [.. kept], keep)
            : Site.Step(operation, [Value.Name], [.. kept], Protos.Attribute("axes", axes), keep);
        return this with { Value = result };
    }

    private Formula With(string operation, string other) =>
        this with { Value = Site.Step(operation, [Value.Name, other], Value.Shape) };
}
