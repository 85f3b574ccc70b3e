using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Quantize.Calibration;

/// <summary>Runs a float model on samples and sees in which range each of its values lies.</summary>
internal static class Calibrator
{
    /// <summary>The ranges to quantise values with.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="values">Names of float32 values: inputs of the graph or what its nodes compute.</param>
    /// <param name="samples">What to run it on.</param>
    /// <param name="options">The method and the batch.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="QuantizationException">The samples do not fit the model, or a value is not finite on one of them.</exception>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the model.</exception>
    public static IReadOnlyDictionary<string, ValueRange> Measure(
        ModelProto model, IReadOnlyCollection<string> values, CalibrationSamples samples, QuantizeOptions options,
        CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparse-calibration-");
        try
        {
            var path = Path.Combine(folder.FullName, "calibration.onnx");
            File.WriteAllBytes(path, ModelFile.ToBytes(Observable(model, values)));
            using var session = ModelSession.Load(path, new SessionSettings());
            var run = new CalibrationRun(session, samples, Batch(model, options), cancellationToken);
            return Measure(run, values, options);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, ValueRange> Measure(CalibrationRun run, IReadOnlyCollection<string> values, QuantizeOptions options)
    {
        var ranges = values.ToDictionary(name => name, _ => ValueRange.Empty);
        run.ForEach(values, (name, entries) => ranges[name] = ranges[name].With(entries));
        if (ranges.FirstOrDefault(range => !range.Value.IsFinite) is { Key: { } name } wrong)
        {
            throw new QuantizationException(
                $"The model cannot be calibrated: value '{name}' is not finite on the calibration samples.",
                $"It lies between {wrong.Value.Lowest} and {wrong.Value.Highest}.",
                "Check that the samples are scaled as in training, and the weights for values that are not finite or very large.");
        }

        if (options.Calibration == CalibrationMethod.MinMax)
        {
            return ranges;
        }

        // A second pass, because bins need to know the range.
        var histograms = ranges.ToDictionary(range => range.Key, range => new ValueHistogram(range.Value));
        run.ForEach(values, (name, entries) => histograms[name].Add(entries));
        return histograms.ToDictionary(
            histogram => histogram.Key,
            histogram => options.Calibration == CalibrationMethod.Percentile
                ? RangeSelection.Percentile(histogram.Value, options.Percentile)
                : RangeSelection.MeanSquaredError(histogram.Value));
    }

    /// <summary>The model with the values as outputs beside its own.</summary>
    private static ModelProto Observable(ModelProto model, IEnumerable<string> values)
    {
        var observable = model.Clone();
        var outputs = observable.Graph.Output.Select(output => output.Name).ToHashSet();
        var inputs = observable.Graph.Input.Select(input => input.Name).ToHashSet();
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float };
        observable.Graph.Output.AddRange(values
            .Where(name => !outputs.Contains(name) && !inputs.Contains(name))
            .Select(name => new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } }));
        return observable;
    }

    /// <summary>The batch that the model was fixed to, else the one asked for.</summary>
    private static int Batch(ModelProto model, QuantizeOptions options) =>
        Dimension.Declared(model.Graph.Input[0]) is [{ Size: > 0 and <= int.MaxValue and var fixedBatch }, ..] ? (int)fixedBatch : options.Batch;
}
