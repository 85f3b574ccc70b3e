using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>
/// Chooses the form of every layer by measuring on this machine: the whole network with different widths, each layer alone, dense and on
/// its sparse kernel, then the network with different kernels. The fastest wins; of equals the one closest to the original does.
/// </summary>
/// <param name="original">The model as it was given.</param>
/// <param name="widths">The same without the units that do nothing: as small as possible first, then with widths rounded up.</param>
/// <param name="inputs">What it is run on.</param>
/// <param name="threads">Threads that share the work of one operator.</param>
/// <param name="precision">How the weights of sparse kernels are stored.</param>
/// <param name="report">Told what goes on.</param>
internal sealed class AutoChoice(
    ModelProto original, IReadOnlyList<ShrunkWidths> widths, NetworkInputs inputs, int threads, Precision precision, Action<string> report)
{
    private const double LeastZerosTried = 0.3; // no kernel gains anything below, but for
    private const int SmallWindow = 128; // inputs of an output, as in first layers, whose dense convolutions are slow
    private const double ClearGain = 1.05;
    private const double ArguableGain = 0.67; // alone; within a network the kernel may save a change of layout
    private const double LeastGainOfNetwork = 1.03;

    private readonly NetworkTiming network = new(inputs.Tensors, threads, report);
    private readonly Dictionary<string, LayerTimes> times = []; // by the value that the layer computes

    /// <summary>Measures and chooses; null when the model cannot be measured.</summary>
    public FormedModel? TryChoose(CancellationToken cancellationToken)
    {
        try
        {
            var before = MeasuredModel.TryCreate(original, inputs.Tensors);
            var forms = widths.Select(width => NetworkForm.TryCreate(width, inputs.Tensors)).ToList();
            return before is null || forms.Contains(null) ? null : Choose(before, forms!, cancellationToken);
        }
        catch (OnnxRuntimeException)
        {
            return null; // the comparison with the original will say what is wrong, if anything is
        }
    }

    private FormedModel Choose(MeasuredModel before, IReadOnlyList<NetworkForm> forms, CancellationToken cancellationToken)
    {
        var shrunk = forms[0];
        var fastest = network.Fastest(forms, "different widths", cancellationToken);
        var rounded = forms.Count == 1 ? null : fastest == shrunk ? forms[^1] : fastest;
        TimeLayers(new LayerTiming(before, shrunk.Measured, rounded?.Measured, threads), shrunk.Measured, cancellationToken);
        IReadOnlyList<NetworkForm> worthKernels = fastest == shrunk ? [shrunk] : [shrunk, fastest];
        var candidates = worthKernels.SelectMany(form => KernelChoices(shrunk.Measured.Layers).Select(form.WithKernels)).ToList();
        var sparse = candidates.Count == 0
            ? null
            : network.WithoutIdleKernels(
                network.Fastest(candidates, "different layers sparse", cancellationToken), layer => times[layer.Output].Gain!.Value, cancellationToken);
        return Decide(shrunk, rounded, sparse, cancellationToken);
    }

    private void TimeLayers(LayerTiming timing, MeasuredModel model, CancellationToken cancellationToken)
    {
        var tried = model.Layers.Where(IsTried).ToList();
        for (var i = 0; i < tried.Count; i++)
        {
            report($"layer {i + 1} of {tried.Count}: {tried[i].Name}");
            times[tried[i].Output] = timing.Measure(tried[i], cancellationToken);
        }
    }

    private static bool IsTried(SparseLayer layer) =>
        layer.ZeroShare >= LeastZerosTried || (layer.Node.OpType == "Conv" && layer.Weights.Columns <= SmallWindow);

    /// <summary>Layers that might run on sparse kernels together, each choice by the values that they compute.</summary>
    private IEnumerable<IReadOnlySet<string>> KernelChoices(IReadOnlyList<SparseLayer> layers)
    {
        var tried = layers.Where(layer => times.ContainsKey(layer.Output)).ToList();
        HashSet<string>[] choices =
        [
            Outputs(layer => times[layer.Output].Gain >= ClearGain),
            Outputs(layer => times[layer.Output].Gain >= ArguableGain),
            Outputs(layer => layer.ZeroShare >= SparseThresholds.LeastZeros(layer)),
        ];
        return choices.Where(choice => choice.Count > 0).Distinct(HashSet<string>.CreateSetComparer());

        HashSet<string> Outputs(Func<SparseLayer, bool> isSparse) => [.. tried.Where(isSparse).Select(layer => layer.Output)];
    }

    private FormedModel Decide(NetworkForm shrunk, NetworkForm? rounded, NetworkForm? sparse, CancellationToken cancellationToken)
    {
        report("the whole network in every form");
        var untouched = new NetworkForm(new ShrunkWidths(Unshrunk(shrunk.Widths.Shrunk), 1), shrunk.Measured, []);
        var isSmaller = shrunk.Widths.Shrunk.Rounds > 0;
        List<(string Name, NetworkForm Form)> contenders = [("dense", untouched)];
        contenders.AddRange(isSmaller ? [(Name("shrunk", shrunk), shrunk)] : []);
        contenders.AddRange(rounded is not null ? [(Name("shrunk", rounded), rounded)] : []);
        contenders.AddRange(sparse is not null ? [(Name("sparse-kernels", sparse), sparse)] : []);
        var measured = network.Times([.. contenders.Select(contender => (Func<ModelProto>)contender.Form.Model)], cancellationToken);

        // What is smaller need not be faster, all else has to be.
        var best = isSmaller && measured[1] < measured[0] * LeastGainOfNetwork ? 1 : 0;
        for (var i = isSmaller ? 2 : 1; i < measured.Length; i++)
        {
            best = measured[i] * LeastGainOfNetwork < measured[best] ? i : best;
        }

        var chosen = contenders[best].Form;
        return chosen.Apply(precision, layer => Explain(layer, chosen.Sparse.Contains(layer))) with
        {
            Times = new NetworkTimes(inputs.Batch, threads, measured[0], isSmaller ? measured[1] : null, sparse is not null ? measured[^1] : null)
            {
                Rounded = rounded is not null ? new RoundedTime(rounded.Widths.RoundTo, measured[2]) : null,
                Chosen = measured[best],
                Choice = contenders[best].Name,
            },
        };
    }

    private static string Name(string form, NetworkForm of) => of.Widths.RoundTo == 1 ? form : $"{form}, widths in multiples of {of.Widths.RoundTo}";

    private LayerVerdict Explain(SparseLayer layer, bool isSparse)
    {
        if (times.GetValueOrDefault(layer.Output) is not { } measured)
        {
            return new LayerVerdict("too few zeros");
        }

        var gain = measured.Gain!.Value;
        var alone = FormattableString.Invariant($"{gain:0.0}x as fast sparse");
        var why = isSparse == gain >= ClearGain ? alone : $"{alone}, the network {(isSparse ? "gains more" : "gains nothing")}";
        return new LayerVerdict(why, measured);
    }

    /// <summary>The original in the words of a shrinking that took nothing away.</summary>
    private ShrinkResult Unshrunk(ShrinkResult shrunk) => new(
        original, [.. shrunk.Layers.Select(layer => layer with { UnitsAfter = layer.UnitsBefore, ParametersAfter = layer.ParametersBefore })], 0);
}
