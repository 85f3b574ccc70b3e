using SparseHybrid.Deploy.SparseForm.Measure;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>Why a layer has the form that it has.</summary>
/// <param name="Why">In words.</param>
/// <param name="Times">What was measured; null when nothing was.</param>
public sealed record LayerVerdict(string Why, LayerTimes? Times = null);
