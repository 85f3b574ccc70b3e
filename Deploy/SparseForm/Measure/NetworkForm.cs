using Onnx;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>A form that a network may get: the widths of its layers, and which of these run on sparse kernels.</summary>
/// <param name="Widths">The network without units that do nothing.</param>
/// <param name="Measured">The same with the shapes in it.</param>
/// <param name="Sparse">Those of its layers that run on sparse kernels.</param>
internal sealed record NetworkForm(ShrunkWidths Widths, MeasuredModel Measured, IReadOnlyList<SparseLayer> Sparse)
{
    /// <summary>Without sparse kernels; null where shapes cannot be measured.</summary>
    public static NetworkForm? TryCreate(ShrunkWidths widths, IReadOnlyList<InputTensor> inputs) =>
        MeasuredModel.TryCreate(widths.Model, inputs) is { } measured ? new NetworkForm(widths, measured, []) : null;

    /// <summary>With sparse kernels for the layers that compute some values, as far as it has them.</summary>
    public NetworkForm WithKernels(IReadOnlySet<string> outputs) => this with { Sparse = [.. Measured.Layers.Where(layer => outputs.Contains(layer.Output))] };

    /// <summary>With one sparse kernel less.</summary>
    public NetworkForm Without(SparseLayer layer) => this with { Sparse = [.. Sparse.Where(other => other != layer)] };

    /// <summary>The model in this form.</summary>
    public ModelProto Model() => SparseRewriter.Rewrite(Widths.Model, Sparse);

    /// <summary>The model as it goes into its file, and why.</summary>
    public FormedModel Apply(Precision precision, Func<SparseLayer, LayerVerdict> explain) =>
        new SparseChoice(Widths.Shrunk, Measured.Candidates, Sparse, explain).Apply(precision);
}
