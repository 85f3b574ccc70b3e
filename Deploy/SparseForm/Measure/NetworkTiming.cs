using Onnx;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>
/// Chooses layers by the time of the whole network. What a layer gains alone it may lose again: ONNX Runtime keeps values between its own
/// convolutions in a layout of blocks and has to rearrange them around a kernel that takes them plain.
/// </summary>
/// <param name="model">The model without the units that do nothing.</param>
/// <param name="inputs">What it is run on.</param>
/// <param name="threads">Threads that share the work of one operator.</param>
/// <param name="report">Told what goes on.</param>
internal sealed class NetworkTiming(ModelProto model, IReadOnlyList<InputTensor> inputs, int threads, Action<string> report)
{
    private const int MostTrials = 6;
    private const double LeastGain = 1.01; // of leaving out a layer, beyond noise
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TimeOfRace = TimeSpan.FromMilliseconds(700);

    /// <summary>The best choice of layers: of several the fastest, without those that do not pay.</summary>
    /// <param name="choices">Choices to begin with, each of at least one layer.</param>
    /// <param name="gains">How much each layer gains alone.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public IReadOnlyList<SparseLayer> Choose(
        IReadOnlyList<IReadOnlyList<SparseLayer>> choices, IReadOnlyDictionary<SparseLayer, double> gains, CancellationToken cancellationToken)
    {
        var best = Fastest(choices, cancellationToken);
        var doubtful = best.OrderBy(layer => gains[layer]).Take(MostTrials).ToList();
        foreach (var layer in doubtful.TakeWhile(_ => best.Count > 1))
        {
            var without = best.Where(other => other != layer).ToList();
            report($"the network without {layer.Name} sparse");
            var times = Times([model => Rewritten(model, best), model => Rewritten(model, without)], cancellationToken);
            best = times[1] * LeastGain < times[0] ? without : best;
        }

        return best;
    }

    /// <summary>Times the whole network in several forms.</summary>
    public double[] Times(IReadOnlyList<Func<ModelProto, ModelProto>> forms, CancellationToken cancellationToken)
    {
        var models = new List<TimedModel>();
        try
        {
            foreach (var form in forms)
            {
                models.Add(new TimedModel(form(model), inputs, threads));
                cancellationToken.ThrowIfCancellationRequested();
            }

            return Race.Run(models, Turn, TimeOfRace, cancellationToken);
        }
        finally
        {
            models.ForEach(timed => timed.Dispose());
        }
    }

    private IReadOnlyList<SparseLayer> Fastest(IReadOnlyList<IReadOnlyList<SparseLayer>> choices, CancellationToken cancellationToken)
    {
        if (choices.Count == 1)
        {
            return choices[0];
        }

        report("the network with different layers sparse");
        var times = Times([.. choices.Select(choice => (Func<ModelProto, ModelProto>)(model => Rewritten(model, choice)))], cancellationToken);
        return choices[Array.IndexOf(times, times.Min())];
    }

    private static ModelProto Rewritten(ModelProto model, IReadOnlyList<SparseLayer> layers) => SparseRewriter.Rewrite(model, [.. layers]);
}
