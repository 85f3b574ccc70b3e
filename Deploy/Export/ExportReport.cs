using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Export;

/// <summary>What was exported, and how close ONNX Runtime comes to libtorch on it.</summary>
public sealed record ExportReport
{
    /// <summary>The file, as an absolute path.</summary>
    public required string File { get; init; }

    /// <summary>Its form.</summary>
    public required ExportForm Form { get; init; }

    /// <summary>Its size in bytes, that of external data included.</summary>
    public required long Bytes { get; init; }

    /// <summary>Largest absolute difference of an output to libtorch's.</summary>
    public required double MaxAbsDifference { get; init; }

    /// <summary>The largest output of libtorch in absolute value, to judge the difference by.</summary>
    public required double LargestOutput { get; init; }

    /// <summary>The number of samples that were compared.</summary>
    public required int SamplesCompared { get; init; }

    /// <summary>Units and parameters before and after shrinking, layer by layer; empty for the dense form.</summary>
    public required IReadOnlyList<LayerShrinkage> Layers { get; init; }
}
