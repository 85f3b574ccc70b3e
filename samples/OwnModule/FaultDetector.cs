using SparseHybrid.Models.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OwnModule;

/// <summary>A classifier of signals: a convolution, two residual blocks, the mean over time, a linear layer.</summary>
internal sealed class FaultDetector : DescribedModule
{
    private const int Channels = 32;

    private readonly long samples;
    private readonly Conv1d listen = Conv1d(1, Channels, 9, stride: 4, padding: 4, bias: false);
    private readonly BatchNorm1d norm = BatchNorm1d(Channels);
    private readonly Residual first = new(Channels);
    private readonly Residual second = new(Channels);
    private readonly Linear decide;

    /// <param name="samples">Length of a signal.</param>
    /// <param name="classes">Number of classes.</param>
    public FaultDetector(long samples, long classes)
        : base(nameof(FaultDetector))
    {
        this.samples = samples;
        decide = Linear(Channels, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input)
    {
        var signal = graph.Reshape(input, 1, samples); // [B, samples] to [B, 1, samples]
        var heard = graph.Relu(graph.Call(norm, graph.Call(listen, signal)));
        var features = graph.Call(second, graph.Call(first, heard));
        return graph.Call(decide, graph.Mean(features, [-1]));
    }
}

/// <summary>relu(x + norm2(conv2(relu(norm1(conv1(x)))))) for x [B, channels, time].</summary>
internal sealed class Residual : DescribedModule
{
    private readonly Conv1d conv1;
    private readonly BatchNorm1d norm1;
    private readonly Conv1d conv2;
    private readonly BatchNorm1d norm2;

    public Residual(long channels)
        : base(nameof(Residual))
    {
        conv1 = Conv1d(channels, channels, 5, padding: 2, bias: false);
        norm1 = BatchNorm1d(channels);
        conv2 = Conv1d(channels, channels, 5, padding: 2, bias: false);
        norm2 = BatchNorm1d(channels);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input)
    {
        var hidden = graph.Relu(graph.Call(norm1, graph.Call(conv1, input)));
        return graph.Relu(graph.Add(input, graph.Call(norm2, graph.Call(conv2, hidden))));
    }
}
