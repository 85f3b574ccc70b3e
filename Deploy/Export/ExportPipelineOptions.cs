using SparseHybrid.Deploy.Optimize;

namespace SparseHybrid.Deploy.Export;

/// <summary>Settings of a verified export. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record ExportPipelineOptions : VerifiedModelOptions
{
    /// <summary>Settings of the ONNX file.</summary>
    public OnnxExportOptions Onnx { get; init; } = new();

    /// <inheritdoc/>
    public override void Validate()
    {
        Onnx.Validate();
        base.Validate();
    }
}
