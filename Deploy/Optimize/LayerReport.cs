using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.SparseForm;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>What was done to one layer.</summary>
/// <param name="Size">Its units, parameters and zeros, before and after.</param>
/// <param name="Choice">The form that it has now: one that changes nothing for it is dense.</param>
public sealed record LayerReport(LayerShrinkage Size, ModelForm Choice)
{
    /// <summary>What it computes with now.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Why it has that form, and what was measured; null for forms that decide nothing.</summary>
    public LayerVerdict? Verdict { get; init; }

    /// <summary>The report of a layer in a model that was shrunk, or not at all.</summary>
    internal static LayerReport Of(LayerShrinkage size) =>
        new(size, size.UnitsAfter < size.UnitsBefore || size.ParametersAfter < size.ParametersBefore ? ModelForm.Shrunk : ModelForm.Dense);
}
