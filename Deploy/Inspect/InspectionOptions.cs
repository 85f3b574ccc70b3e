namespace SparseHybrid.Deploy.Inspect;

/// <summary>How to look at a model. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record InspectionOptions
{
    /// <summary>Sizes of one sample without the batch, for models that leave them open; null: as the model declares.</summary>
    public IReadOnlyList<long>? SampleShape { get; init; }

    /// <summary>
    /// Whether ONNX Runtime may run the model once, on one sample, to learn the shapes within it. Otherwise those that the file
    /// declares have to do. Default true.
    /// </summary>
    public bool MayRun { get; init; } = true;
}
