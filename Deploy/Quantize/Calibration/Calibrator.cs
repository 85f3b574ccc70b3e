using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Quantize.Calibration;

/// <summary>Runs a float model on samples and sees in which range each of its values lies.</summary>
internal sealed class Calibrator
{
    private readonly VerificationSession session;
    private readonly SampleSource samples;
    private readonly QuantizeOptions options;
    private readonly CancellationToken cancellationToken;

    /// <summary>What to do with the entries of a value in one run.</summary>
    private delegate void Visitor(string name, ReadOnlySpan<float> entries);

    private Calibrator(VerificationSession session, SampleSource samples, QuantizeOptions options, CancellationToken cancellationToken)
    {
        this.session = session;
        this.samples = samples;
        this.options = options;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The ranges to quantise values with.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="values">Names of float32 values: inputs of the graph or what its nodes compute.</param>
    /// <param name="samples">What to run it on.</param>
    /// <param name="options">The method, the batch and the number of samples.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="QuantizationException">A value is not finite on a sample.</exception>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the model, or the samples do not fit it.</exception>
    public static IReadOnlyDictionary<string, ValueRange> Measure(
        ModelProto model, IReadOnlyCollection<string> values, SampleSource samples, QuantizeOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparse-calibration-");
        try
        {
            var path = Path.Combine(folder.FullName, "calibration.onnx");
            File.WriteAllBytes(path, ModelFile.ToBytes(Observable(model, values)));
            using var session = new VerificationSession(path);
            return new Calibrator(session, samples, options, cancellationToken).Measure(values.ToHashSet());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Dictionary<string, ValueRange> Measure(HashSet<string> values)
    {
        var ranges = values.ToDictionary(name => name, _ => ValueRange.Empty);
        ForEach(values, (name, entries) => ranges[name] = ranges[name].With(entries));
        if (ranges.FirstOrDefault(range => !range.Value.IsFinite) is { Key: { } name } wrong)
        {
            throw new QuantizationException(
                $"The model cannot be calibrated: value '{name}' is not finite on the calibration samples.",
                $"It lies between {wrong.Value.Lowest} and {wrong.Value.Highest}.",
                "Check the samples, that they are scaled as in training, and the weights for values that are very large.");
        }

        if (options.Calibration == CalibrationMethod.MinMax)
        {
            return ranges;
        }

        // A second pass, because bins need to know the range.
        var histograms = ranges.ToDictionary(range => range.Key, range => new ValueHistogram(range.Value));
        ForEach(values, (name, entries) => histograms[name].Add(entries));
        return histograms.ToDictionary(
            histogram => histogram.Key,
            histogram => options.Calibration == CalibrationMethod.Percentile
                ? RangeSelection.Percentile(histogram.Value, options.Percentile)
                : RangeSelection.MeanSquaredError(histogram.Value));
    }

    private void ForEach(HashSet<string> values, Visitor visit)
    {
        foreach (var run in new VerificationPlan([options.Batch], options.CalibrationSamples).Runs(samples.Count, session.FixedBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inputs = session.Inputs.Select(input => samples.Take(input, session.Inputs.Count, Spread(run))).ToList();
            foreach (var input in inputs.Where(input => values.Contains(input.Name)))
            {
                visit(input.Name, (float[])input.Entries);
            }

            session.Visit(inputs, (name, output) => Show(values, visit, name, output));
        }
    }

    private static void Show(HashSet<string> values, Visitor visit, string name, OrtValue output)
    {
        if (values.Contains(name))
        {
            visit(name, output.GetTensorDataAsSpan<float>());
        }
    }

    /// <summary>The chosen samples evenly among all that there are, which may be sorted by class.</summary>
    private long[] Spread(long[] run) => samples.Count is { } available && available > options.CalibrationSamples
        ? Array.ConvertAll(run, sample => sample * available / options.CalibrationSamples)
        : run;

    /// <summary>The model with the values as outputs beside its own.</summary>
    private static ModelProto Observable(ModelProto model, IEnumerable<string> values)
    {
        var observable = model.Clone();
        var known = observable.Graph.Output.Concat(observable.Graph.Input).Select(value => value.Name).ToHashSet();
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float };
        observable.Graph.Output.AddRange(values
            .Where(name => !known.Contains(name))
            .Select(name => new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } }));
        return observable;
    }
}
