using Onnx;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Times single layers on inputs of the shape that they have in their network.</summary>
/// <param name="original">The model as it was given.</param>
/// <param name="shrunk">The model without the units that do nothing; the same one if there are none.</param>
/// <param name="threads">Threads that share the work of one operator.</param>
internal sealed class LayerTiming(MeasuredModel original, MeasuredModel shrunk, int threads)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TimeOfRace = TimeSpan.FromMilliseconds(150);

    /// <summary>Times a layer of the shrunk model dense and sparse, and the layer that it was in the original if that was larger.</summary>
    public LayerTimes Measure(SparseLayer layer, CancellationToken cancellationToken)
    {
        var shape = shrunk.Shapes[layer.Input];
        var dense = LayerModel.Extract(shrunk.Model, layer, shape);
        var before = original.Layers.FirstOrDefault(other => other.Name == layer.Name && other.Weights.Count > layer.Weights.Count);
        var models = new List<TimedModel>();
        try
        {
            Add(dense, layer, shape);
            Add(LayerModel.OnKernel(dense), layer, shape);
            if (before is not null)
            {
                var shapeBefore = original.Shapes[before.Input];
                Add(LayerModel.Extract(original.Model, before, shapeBefore), before, shapeBefore);
            }

            var times = Race.Run(models, Turn, TimeOfRace, cancellationToken);
            return before is null ? new LayerTimes(times[0], null, times[1]) : new LayerTimes(times[2], times[0], times[1]);
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }

        void Add(ModelProto model, SparseLayer of, long[] shapeOf) => models.Add(new TimedModel(model, [LayerModel.Input(of, shapeOf)], threads));
    }
}
