using System.Runtime.Intrinsics.X86;
using Onnx;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>A model without the units that do nothing, but for those that round its widths up.</summary>
/// <param name="Shrunk">What shrinking came to, its model cleaned up.</param>
/// <param name="RoundTo">Layers keep a multiple of this many units, where they had as many.</param>
internal sealed record ShrunkWidths(ShrinkResult Shrunk, int RoundTo)
{
    /// <summary>The model.</summary>
    public ModelProto Model => Shrunk.Model;

    /// <summary>
    /// Channels that ONNX Runtime's convolutions compute at once on this processor. It pads to them, and takes numbers of channels that
    /// are no multiple of 4 by a slower way altogether, so that a wider layer may be the faster one.
    /// </summary>
    private static int Block => Avx512F.IsSupported ? 16 : 8;

    /// <summary>Shrinks a model to the widths that were asked for.</summary>
    /// <param name="model">Its batch norms are folded; not changed.</param>
    /// <param name="roundTo">The multiple.</param>
    public static ShrunkWidths Of(ModelProto model, int roundTo)
    {
        var shrunk = ModelShrinker.Shrink(model, new ShrinkOptions { RoundTo = roundTo });
        return new ShrunkWidths(shrunk with { Model = GraphCleanup.Apply(shrunk.Model) }, roundTo); // units that went may have kept nodes apart
    }

    /// <summary>The widths that are worth trying: as small as possible first, then those that come to something else.</summary>
    /// <param name="model">Its batch norms are folded; not changed.</param>
    public static IReadOnlyList<ShrunkWidths> Tried(ModelProto model)
    {
        var smallest = Of(model, 1);
        return smallest.Shrunk.Rounds == 0
            ? [smallest]
            : [.. new[] { smallest, Of(model, Block / 2), Of(model, Block) }.DistinctBy(widths => string.Join(',', widths.Shrunk.Layers.Select(layer => layer.UnitsAfter)))];
    }
}
