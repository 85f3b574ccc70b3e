using Onnx;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>
/// Compares forms of a network by the time of the whole. What a layer gains alone it may lose again: ONNX Runtime keeps values between
/// its own convolutions in a layout of blocks and has to rearrange them around a kernel that takes them plain.
/// </summary>
/// <param name="inputs">What it is run on.</param>
/// <param name="threads">Threads that share the work of one operator.</param>
/// <param name="report">Told what goes on.</param>
internal sealed class NetworkTiming(IReadOnlyList<InputTensor> inputs, int threads, Action<string> report)
{
    private const int MostTrials = 6;
    private const double LeastGain = 1.01; // of leaving out a layer, beyond noise
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TimeOfRace = TimeSpan.FromMilliseconds(700);

    /// <summary>The fastest of several forms.</summary>
    /// <param name="forms">At least one.</param>
    /// <param name="what">What they differ in, to be told.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public NetworkForm Fastest(IReadOnlyList<NetworkForm> forms, string what, CancellationToken cancellationToken)
    {
        if (forms.Count == 1)
        {
            return forms[0];
        }

        report($"the network with {what}");
        var times = Times([.. forms.Select(form => (Func<ModelProto>)form.Model)], cancellationToken);
        return forms[Array.IndexOf(times, times.Min())];
    }

    /// <summary>A form without the sparse kernels that do not pay within the network.</summary>
    /// <param name="form">With at least one.</param>
    /// <param name="gain">How much a layer gains alone.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public NetworkForm WithoutIdleKernels(NetworkForm form, Func<SparseLayer, double> gain, CancellationToken cancellationToken)
    {
        var best = form;
        foreach (var layer in form.Sparse.OrderBy(gain).Take(MostTrials).TakeWhile(_ => best.Sparse.Count > 1))
        {
            var without = best.Without(layer);
            report($"the network without {layer.Name} sparse");
            var times = Times([best.Model, without.Model], cancellationToken);
            best = times[1] * LeastGain < times[0] ? without : best;
        }

        return best;
    }

    /// <summary>Microseconds of one run of each of several models.</summary>
    /// <param name="models">They are made one after the other, so that memory holds one beside the sessions.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public double[] Times(IReadOnlyList<Func<ModelProto>> models, CancellationToken cancellationToken)
    {
        var timed = new List<TimedModel>();
        try
        {
            foreach (var model in models)
            {
                timed.Add(new TimedModel(model(), inputs, threads));
                cancellationToken.ThrowIfCancellationRequested();
            }

            return Race.Run(timed, Turn, TimeOfRace, cancellationToken);
        }
        finally
        {
            timed.ForEach(model => model.Dispose());
        }
    }
}
