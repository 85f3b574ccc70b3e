using Onnx;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Shrink;

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
        return new SparseChoice(shrunk, candidates, sparse, layer => new LayerVerdict(FormattableString.Invariant(
            $"a sparse kernel pays from about {100 * SparseThresholds.LeastZeros(layer):0} % zeros")));
    }

    /// <summary>The model in that form.</summary>
    public FormedModel Apply()
    {
        var layers = Candidates.Readable.ToLookup(layer => layer.Name);
        return new FormedModel(SparseRewriter.Rewrite(Shrunk.Model, Sparse), [.. Shrunk.Layers.Select(Report)]);

        LayerReport Report(LayerShrinkage size)
        {
            var report = LayerReport.Of(size);
            return layers[size.Name].FirstOrDefault() is not { } layer
                ? report with { Verdict = new LayerVerdict(size.UnitsAfter == 0 ? Gone : Candidates.Obstacles.GetValueOrDefault(size.Name, "it has no sparse kernel")) }
                : report with { Choice = Sparse.Contains(layer) ? ModelForm.SparseKernels : report.Choice, Verdict = Explain(layer) };
        }
    }
}
