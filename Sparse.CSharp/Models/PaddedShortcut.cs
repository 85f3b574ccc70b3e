using SparseHybrid.Models.Graphs;

namespace SparseHybrid.Models;

/// <summary>
/// A shortcut without parameters: every second row and column of the image, and channels of zeros, half of them before the
/// input's channels and half behind.
/// </summary>
/// <remarks>Option A of He, Zhang, Ren and Sun, arXiv:1512.03385, section 4.2.</remarks>
public sealed class PaddedShortcut : DescribedModule
{
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="outputs">Channels that go out, no fewer.</param>
    /// <param name="stride">Takes every stride-th pixel of each direction.</param>
    internal PaddedShortcut(long inputs, long outputs, long stride)
        : base(nameof(PaddedShortcut))
    {
        Stride = stride;
        Before = (outputs - inputs) / 2;
        Behind = outputs - inputs - Before;
    }

    /// <summary>Takes every so-many-th pixel of each direction.</summary>
    public long Stride { get; }

    /// <summary>Channels of zeros before those of the input.</summary>
    public long Before { get; }

    /// <summary>Channels of zeros behind those of the input.</summary>
    public long Behind { get; }

    /// <inheritdoc/>
    public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input)
    {
        var shape = graph.SampleShape(input);
        var rows = graph.Slice(input, 2, 0, shape[1], Stride);
        return graph.Pad(graph.Slice(rows, 3, 0, shape[2], Stride), 1, Before, Behind);
    }
}
