using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>Settings of optimising an ONNX model. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record OptimizeOptions : VerifiedModelOptions
{
    /// <summary>What the optimised model is compared with the original on. Null: the calibration samples, else random ones of seed 1. Default null.</summary>
    public SampleSource? Inputs { get; init; }
}
