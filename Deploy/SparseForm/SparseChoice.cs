using Onnx;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>Which layers of a model run on sparse kernels, and why: a model in its form follows from it.</summary>
/// <param name="Shrunk">The model without the units that do nothing.</param>
/// <param name="Candidates">Its layers.</param>
/// <param name="Sparse">Those that run on sparse kernels.</param>
/// <param name="Explain">Why a layer runs on a sparse kernel or not.</param>
internal sealed record SparseChoice(
    ShrinkResult Shrunk, LayerCandidates Candidates, IReadOnlyCollection<SparseLayer> Sparse, Func<SparseLayer, LayerVerdict> Explain)
{
    private const string Gone = "none of its units did anything";

    /// <summary>By share of zeros, kind and shape, without measuring.</summary>
    public static SparseChoice ByThresholds(ShrinkResult shrunk)
    {
        var candidates = LayerCandidates.Of(shrunk.Model);
        var sparse = candidates.Readable.Where(layer => layer.ZeroShare >= SparseThresholds.LeastZeros(layer)).ToHashSet();
        return new SparseChoice(shrunk, candidates, sparse, layer => new LayerVerdict(
            SparseThresholds.LeastZeros(layer) is { } share
                ? FormattableString.Invariant($"a sparse kernel pays from about {100 * share:0} % zeros")
                : "too small for a sparse kernel to pay"));
    }

    /// <summary>The model in that form.</summary>
    /// <param name="precision">How the weights of sparse kernels are stored; they compute in float32 always.</param>
    public FormedModel Apply(Precision precision)
    {
        var layers = Candidates.Readable.ToLookup(layer => layer.Name);
        return new FormedModel(SparseRewriter.Rewrite(Shrunk.Model, Sparse, Values(precision)), [.. Shrunk.Layers.Select(Report)]);

        LayerReport Report(LayerShrinkage size)
        {
            var report = LayerReport.Of(size);
            return layers[size.Name].FirstOrDefault() is not { } layer
                ? report with { Verdict = new LayerVerdict(size.UnitsAfter == 0 ? Gone : Candidates.Obstacles.GetValueOrDefault(size.Name, "it has no sparse kernel")) }
                : Sparse.Contains(layer) ? report with { Choice = ModelForm.SparseKernels, Precision = precision, Verdict = Explain(layer) }
                : report with { Verdict = Explain(layer) };
        }
    }

    private static PackedValues Values(Precision precision) => precision switch
    {
        Precision.Float32 => PackedValues.Float32,
        Precision.Float16 => PackedValues.Float16,
        Precision.Int8 => PackedValues.Int8,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Weights of sparse kernels are float32, float16 or int8."),
    };
}
