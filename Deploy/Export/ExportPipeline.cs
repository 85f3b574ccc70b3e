using SparseHybrid.Data;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Verify;
using SparseHybrid.Runs;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Exports with proof: the file is run by ONNX Runtime and compared with libtorch before it gets its final name.</summary>
public static class ExportPipeline
{
    /// <summary>Exports the trained model of a run, compared on the test images of its data.</summary>
    /// <param name="run">A run that is done.</param>
    /// <param name="path">The file to write; one that exists is replaced.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told what <see cref="ModelForm.Auto"/> is measuring.</param>
    /// <param name="cancellationToken">Stops between two batches of the comparison; nothing is written then.</param>
    /// <exception cref="SparseHybridException">The run, its data, the model or the place to write is at fault; nothing is written.</exception>
    public static ModelReport Export(
        RunFolder run, string path, ExportPipelineOptions? options = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new ExportPipelineOptions();
        options.Validate();
        using var model = run.LoadModel();
        using var data = ImageDatasets.Load(run.Record.Data);
        var name = run.Record.Data.Name;
        options = options with
        {
            Onnx = options.Onnx with
            {
                ClassNames = options.Onnx.ClassNames ?? data.ClassNames,
                Normalisation = options.TakesRawInputs ? data.Normalisation : options.Onnx.Normalisation,
            },
        };
        var isRaw = options.Onnx.Normalisation is not null;
        using var images = Inputs(data.Test, 0, options.Plan.Count(data.Test.Count), isRaw);
        using var labels = data.Test.Labels.narrow(0, 0, images.shape[0]);
        var samples = SampleSource.FromTensor(images, $"test images of {name}{(isRaw ? ", as stored" : "")}", labels);
        using var training = options.Precision == Precision.Int8 && options.Calibration is null
            ? Spread(data.Train, options.Quantization.CalibrationSamples, isRaw)
            : null;
        if (training is not null)
        {
            options = options with { Calibration = SampleSource.FromTensor(training, $"training images of {name}{(isRaw ? ", as stored" : "")}") };
        }

        return Export(model, run.Record.Model.Name, run.Record.Model.InputShape, samples, path, options, progress, cancellationToken);
    }

    /// <summary>Exports a module, compared on given samples.</summary>
    /// <param name="model">The module; not changed.</param>
    /// <param name="inputShape">The shape of one sample, without the batch dimension.</param>
    /// <param name="samples">[N, ...inputShape] float32 to compare on, N at least 1; real ones tell more than random ones.</param>
    /// <param name="path">The file to write; one that exists is replaced.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told what <see cref="ModelForm.Auto"/> is measuring.</param>
    /// <param name="cancellationToken">Stops between two batches of the comparison; nothing is written then.</param>
    /// <exception cref="ArgumentException">The options, the input shape or the samples are out of range.</exception>
    /// <exception cref="ExportException">
    /// The model cannot be exported, its outputs differ beyond the tolerance, or the file cannot be written; nothing is written then.
    /// </exception>
    public static ModelReport Export(
        nn.Module<Tensor, Tensor> model, long[] inputShape, Tensor samples, string path, ExportPipelineOptions? options = null,
        IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ExportPipelineOptions();
        options.Validate();
        var name = model.GetName();
        return Export(model, name, inputShape, SampleSource.FromTensor(samples, "given samples"), path, options, progress, cancellationToken);
    }

    private static ModelReport Export(
        nn.Module<Tensor, Tensor> model, string name, long[] inputShape, SampleSource samples, string path, ExportPipelineOptions options,
        IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var kept = new List<Tensor>();
        try
        {
            var dense = OnnxExporter.Export(model, inputShape, options.Onnx, kept);
            // The weights of the run, by which its files are known: what normalises the input is none of them.
            var trained = options.Onnx.Normalisation is null ? dense : OnnxExporter.Export(model, inputShape, options.Onnx with { Normalisation = null }, kept);
            var origin = new CertifiedOrigin(name, $"libtorch {__version__}", null, WeightsHash.Of(trained));
            var formed = ModelPrecision.Apply(ModelForms.Apply(dense, options, samples, progress, cancellationToken), options, cancellationToken);
            return FormWriter.Write(
                formed, path, options, origin, samples,
                written => TorchVerifier.Compare(model, written, samples, options.Plan, cancellationToken, options.Onnx.Normalisation));
        }
        finally
        {
            kept.ForEach(tensor => tensor.Dispose());
        }
    }

    /// <summary>Some images, evenly among all: a data set may be sorted by class.</summary>
    private static Tensor Spread(LabelledImages images, int count, bool isRaw)
    {
        using var scope = NewDisposeScope();
        var chosen = Math.Min(count, images.Count);
        var parts = Enumerable.Range(0, (int)chosen).Select(i => Inputs(images, i * images.Count / chosen, 1, isRaw)).ToList();
        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Images as a network wants them, or as they are stored.</summary>
    private static Tensor Inputs(LabelledImages images, long start, long count, bool isRaw)
    {
        if (!isRaw)
        {
            return images.Inputs(start, count);
        }

        using var scope = NewDisposeScope();
        var stored = images.Stored.narrow(0, start, count);
        if (stored.dtype == ScalarType.Byte)
        {
            return stored.to_type(ScalarType.Float32).MoveToOuterDisposeScope();
        }

        long[] channelwise = [1, images.Normalisation.Channels, .. Enumerable.Repeat(1L, images.InputShape.Length - 1)];
        var deviation = tensor(images.Normalisation.StandardDeviation.ToArray(), channelwise);
        var mean = tensor(images.Normalisation.Mean.ToArray(), channelwise);
        var raw = (stored.to_type(ScalarType.Float64) * deviation + mean) * images.Normalisation.Scale;
        return raw.to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
