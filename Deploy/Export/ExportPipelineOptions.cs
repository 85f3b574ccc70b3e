using SparseHybrid.Deploy.Optimize;

namespace SparseHybrid.Deploy.Export;

/// <summary>Settings of a verified export. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record ExportPipelineOptions : VerifiedModelOptions
{
    /// <summary>Settings of the ONNX file.</summary>
    public OnnxExportOptions Onnx { get; init; } = new();

    /// <summary>
    /// For the model of a run: whether it normalises its inputs itself, with the means and deviations of the run's data, so that it takes
    /// values as these are stored: bytes from 0 to 255, or the columns of a table. Default false.
    /// </summary>
    public bool TakesRawInputs { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Onnx.Validate();
        base.Validate();
    }
}
