namespace SparseHybrid.TargetSparsity;

/// <summary>The laws of a whole run: one for lambda, and one for each layer with bounds of its own.</summary>
/// <param name="options">The share asked for, and how closely.</param>
/// <param name="bounds">Of the bounded layers, in their order.</param>
/// <param name="path">How the zeros are to grow.</param>
internal sealed class RunLaws(TargetSparsityOptions options, IEnumerable<LayerSparsity> bounds, SparsityPath path)
{
    private readonly StrengthLaw ofRun = new(options.Share, options.Tolerance, path);
    private readonly LayerLaw[] ofLayers = [.. bounds.Select(layer => new LayerLaw(layer, options.Tolerance, path))];
    private StrengthLawState run;
    private LayerLaw.State[] layers = [];

    /// <summary>Logarithm of the factor on lambda.</summary>
    public double LogFactor => run.LogFactor;

    /// <summary>How many numbers <see cref="ToNumbers"/> gives.</summary>
    public int Size => StrengthLawState.Size + ofLayers.Length * LayerLaw.State.Size;

    /// <summary>Logarithm of the factor on lambda of a bounded layer.</summary>
    public double LogFactorOf(int layer) => layers[layer].LogFactor;

    /// <summary>Begins with this factor everywhere.</summary>
    public void Start(double logFactor)
    {
        run = new StrengthLawState(logFactor);
        layers = [.. ofLayers.Select(_ => LayerLaw.State.Start(logFactor))];
    }

    /// <summary>Moves every factor after a look at the zeros.</summary>
    /// <param name="seen">The zeros of the run.</param>
    /// <param name="layerShares">The share of zeros of each bounded layer.</param>
    public void Move(SparsityObservation seen, IReadOnlyList<double> layerShares)
    {
        run = ofRun.Next(run, seen);
        layers = [.. ofLayers.Select((law, i) => law.Next(layers[i], seen with { Share = layerShares[i] }, run.LogFactor))];
    }

    /// <summary>Everything that is remembered, for a checkpoint.</summary>
    public IEnumerable<double> ToNumbers() => [.. run.ToNumbers(), .. layers.SelectMany(layer => layer.ToNumbers())];

    /// <summary>Puts back what <see cref="ToNumbers"/> gave.</summary>
    public void Restore(ReadOnlySpan<double> numbers)
    {
        run = StrengthLawState.Of(numbers);
        layers = new LayerLaw.State[ofLayers.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = LayerLaw.State.Of(numbers[(StrengthLawState.Size + i * LayerLaw.State.Size)..]);
        }
    }
}
