using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>
/// Chooses the form of every layer by measuring on this machine: each layer alone, dense and on its sparse kernel, then the whole
/// network with different choices. The fastest wins; of equals the one closest to the original does.
/// </summary>
/// <param name="original">The model as it was given.</param>
/// <param name="shrunk">The same with its batch norms folded and without the units that do nothing.</param>
/// <param name="inputs">What it is run on.</param>
/// <param name="threads">Threads that share the work of one operator.</param>
/// <param name="precision">How the weights of sparse kernels are stored.</param>
/// <param name="report">Told what goes on.</param>
internal sealed class AutoChoice(ModelProto original, ShrinkResult shrunk, NetworkInputs inputs, int threads, Precision precision, Action<string> report)
{
    private const double LeastZerosTried = 0.3; // no kernel gains anything below, but for
    private const int SmallWindow = 128; // inputs of an output, as in first layers, whose dense convolutions are slow
    private const double ClearGain = 1.05;
    private const double ArguableGain = 0.67; // alone; within a network the kernel may save a change of layout
    private const double LeastGainOfNetwork = 1.03;

    private readonly Dictionary<string, LayerTimes> times = [];

    /// <summary>Measures and chooses; null when the model cannot be measured.</summary>
    public FormedModel? TryChoose(CancellationToken cancellationToken)
    {
        try
        {
            var before = MeasuredModel.TryCreate(original, inputs.Tensors);
            var after = MeasuredModel.TryCreate(shrunk.Model, inputs.Tensors);
            return before is null || after is null ? null : Choose(before, after, cancellationToken);
        }
        catch (OnnxRuntimeException)
        {
            return null; // the comparison with the original will say what is wrong, if anything is
        }
    }

    private FormedModel Choose(MeasuredModel before, MeasuredModel after, CancellationToken cancellationToken)
    {
        var gains = TimeLayers(new LayerTiming(before, after, threads), after, cancellationToken);
        var network = new NetworkTiming(after.Model, inputs.Tensors, threads, report);
        var clear = gains.Keys.Where(layer => gains[layer] >= ClearGain).ToList();
        var arguable = gains.Keys.Where(layer => gains[layer] >= ArguableGain).ToList();
        IReadOnlyList<SparseLayer>[] choices = clear.Count == arguable.Count ? [clear] : [clear, arguable];
        choices = [.. choices.Where(choice => choice.Count > 0)];
        var sparse = choices.Length == 0 ? [] : network.Choose(choices, gains, cancellationToken);
        var networkTimes = TimeNetwork(network, sparse, cancellationToken);
        return Form(after.Candidates, sparse, networkTimes);
    }

    private Dictionary<SparseLayer, double> TimeLayers(LayerTiming timing, MeasuredModel model, CancellationToken cancellationToken)
    {
        var gains = new Dictionary<SparseLayer, double>();
        var tried = model.Layers.Where(IsTried).ToList();
        for (var i = 0; i < tried.Count; i++)
        {
            report($"layer {i + 1} of {tried.Count}: {tried[i].Name}");
            var measured = timing.Measure(tried[i], cancellationToken);
            gains[tried[i]] = measured.Gain!.Value;
            times[tried[i].Name] = measured;
        }

        return gains;
    }

    private static bool IsTried(SparseLayer layer) =>
        layer.ZeroShare >= LeastZerosTried || (layer.Operator == "SparseConv" && layer.Weights.Columns <= SmallWindow);

    private NetworkTimes TimeNetwork(NetworkTiming network, IReadOnlyList<SparseLayer> sparse, CancellationToken cancellationToken)
    {
        report("the whole network in every form");
        List<Func<ModelProto, ModelProto>> forms = [_ => original];
        forms.AddRange(shrunk.Rounds > 0 ? [model => model] : []);
        forms.AddRange(sparse.Count > 0 ? [model => SparseRewriter.Rewrite(model, sparse)] : []);
        var measured = network.Times(forms, cancellationToken);
        return new NetworkTimes(
            inputs.Batch, threads, measured[0], shrunk.Rounds > 0 ? measured[1] : null, sparse.Count > 0 ? measured[^1] : null);
    }

    private FormedModel Form(LayerCandidates candidates, IReadOnlyList<SparseLayer> sparse, NetworkTimes network)
    {
        var rest = Math.Min(network.Dense, network.Shrunk ?? network.Dense);
        if (network.Sparse * LeastGainOfNetwork < rest)
        {
            return new SparseChoice(shrunk, candidates, sparse, layer => Explain(layer, sparse.Contains(layer))).Apply(precision) with { Times = network };
        }

        var isShrunk = network.Shrunk is { } time && time < network.Dense * LeastGainOfNetwork;
        var size = isShrunk ? shrunk : new ShrinkResult(original, [.. shrunk.Layers.Select(Untouched)], 0);
        return new SparseChoice(size, candidates, [], layer => Explain(layer, false)).Apply(precision) with { Times = network };
    }

    private LayerVerdict Explain(SparseLayer layer, bool isSparse)
    {
        if (times.GetValueOrDefault(layer.Name) is not { } measured)
        {
            return new LayerVerdict("too few zeros");
        }

        var gain = measured.Gain!.Value;
        var alone = FormattableString.Invariant($"{gain:0.0}x as fast sparse");
        var why = isSparse == gain >= ClearGain ? alone : $"{alone}, the network {(isSparse ? "gains more" : "gains nothing")}";
        return new LayerVerdict(why, measured);
    }

    private static LayerShrinkage Untouched(LayerShrinkage size) =>
        size with { UnitsAfter = size.UnitsBefore, ParametersAfter = size.ParametersBefore };
}
