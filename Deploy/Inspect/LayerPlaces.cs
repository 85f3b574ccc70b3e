using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>At how many places each layer puts its weights for one sample.</summary>
internal sealed class LayerPlaces
{
    private readonly Dictionary<string, long[]> shapes;
    private readonly long batch;

    private LayerPlaces(Dictionary<string, long[]> shapes, long batch, string? remark)
    {
        this.shapes = shapes;
        this.batch = batch;
        Remark = remark;
    }

    /// <summary>Why some may be unknown, or known from hearsay only; null when all is well.</summary>
    public string? Remark { get; }

    /// <param name="model">The model.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="options">How to look.</param>
    /// <exception cref="ArgumentException">The sample does not fit the input.</exception>
    public static LayerPlaces Find(ModelProto model, IReadOnlyList<WeightLayer> layers, InspectionOptions options)
    {
        var inputs = InputShape.Fed(model.Graph).Select((input, i) => InputShape.Of(input, i == 0 ? options.SampleShape : null)).ToList();
        var batch = inputs.FirstOrDefault()?.FirstOrDefault() ?? 1;
        var isOpen = inputs.Contains(null);
        var remark = isOpen ? "The model leaves sizes of its input open: say them (--input 3x224x224) to have its MACs counted." : null;
        if (!isOpen && options.MayRun)
        {
            try
            {
                var names = layers.Select(layer => layer.PlacesIn).Distinct().ToList();
                if (MeasuredShapes.TryMeasure(model, inputs!, names) is { } measured)
                {
                    return new LayerPlaces(measured, batch, null);
                }

                remark = "MACs are counted where the file declares shapes: its inputs are too large to try it, or its operator set is older than 9.";
            }
            catch (Exception error) when (error is OnnxRuntimeException or ProviderException)
            {
                remark = $"ONNX Runtime cannot run it, so that MACs are counted where the file declares shapes: {error.Message.ReplaceLineEndings(" ")}";
            }
        }

        return new LayerPlaces(DeclaredShapes.Of(model.Graph, inputs), batch, remark);
    }

    /// <summary>The places of a layer; null when they are not known.</summary>
    public long? Of(WeightLayer layer)
    {
        var (first, second, _) = layer.Sizes;
        var outputs = layer.OutputsComeFirst ? first : second * layer.Groups;
        var channels = layer.IsTransposed ? first : outputs;
        if (channels < 1 || !shapes.TryGetValue(layer.PlacesIn, out var shape))
        {
            return null;
        }

        var pooled = layer.Node.IntsOrEmpty("pool_shape"); // of a sparse kernel: what it returns has an entry for every pool
        var entries = shape.Concat(pooled).Aggregate(BigInteger.One, (product, size) => product * size);
        var places = entries / channels / (entries / channels % batch == 0 ? batch : 1);
        return places * layer.Weight.Entries <= long.MaxValue ? (long)places : null;
    }
}
