namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Times single layers on inputs of the shape that they have in their network.</summary>
/// <param name="original">The model as it was given.</param>
/// <param name="shrunk">The model without the units that do nothing; the same one if there are none.</param>
/// <param name="rounded">The same with its widths rounded up; null: not tried.</param>
/// <param name="threads">Threads that share the work of one operator.</param>
internal sealed class LayerTiming(MeasuredModel original, MeasuredModel shrunk, MeasuredModel? rounded, int threads)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TimeOfRace = TimeSpan.FromMilliseconds(150);

    /// <summary>Times a layer of the shrunk model dense and sparse, and the larger ones that it was in the original and is with rounded widths.</summary>
    public LayerTimes Measure(SparseLayer layer, CancellationToken cancellationToken)
    {
        var shape = shrunk.Shapes[layer.Input];
        var dense = LayerModel.Extract(shrunk.Model, layer, shape);
        var models = new List<TimedModel>();
        try
        {
            models.Add(new TimedModel(dense, [LayerModel.Input(layer, shape)], threads));
            models.Add(new TimedModel(LayerModel.OnKernel(dense), [LayerModel.Input(layer, shape)], threads));
            var (before, wider) = (AddLarger(original), AddLarger(rounded));
            var times = Race.Run(models, Turn, TimeOfRace, cancellationToken);
            return before is { } place
                ? new LayerTimes(times[place], times[0], times[1]) { Rounded = Time(wider) }
                : new LayerTimes(times[0], null, times[1]) { Rounded = Time(wider) };

            double? Time(int? model) => model is { } index ? times[index] : null;
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }

        int? AddLarger(MeasuredModel? of)
        {
            if (of?.Layers.FirstOrDefault(other => other.Name == layer.Name && other.Weights.Count > layer.Weights.Count) is not { } larger)
            {
                return null;
            }

            var inputShape = of.Shapes[larger.Input];
            models.Add(new TimedModel(LayerModel.Extract(of.Model, larger, inputShape), [LayerModel.Input(larger, inputShape)], threads));
            return models.Count - 1;
        }
    }
}
