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
        using var images = data.Test.Inputs(0, options.Plan.Count(data.Test.Count));
        using var labels = data.Test.Labels.narrow(0, 0, images.shape[0]);
        var samples = SampleSource.FromTensor(images, $"test images of {name}", labels);
        using var training = options.Precision == Precision.Int8 && options.Calibration is null
            ? Spread(data.Train, options.Quantization.CalibrationSamples)
            : null;
        if (training is not null)
        {
            options = options with { Calibration = SampleSource.FromTensor(training, $"training images of {name}") };
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
            var origin = new CertifiedOrigin(name, $"libtorch {__version__}", null, WeightsHash.Of(dense));
            var formed = ModelPrecision.Apply(ModelForms.Apply(dense, options, samples, progress, cancellationToken), options, cancellationToken);
            return FormWriter.Write(
                formed, path, options, origin, samples,
                written => TorchVerifier.Compare(model, written, samples, options.Plan, cancellationToken));
        }
        finally
        {
            kept.ForEach(tensor => tensor.Dispose());
        }
    }

    /// <summary>Some images, evenly among all: a data set may be sorted by class.</summary>
    private static Tensor Spread(LabelledImages images, int count)
    {
        using var scope = NewDisposeScope();
        var chosen = Math.Min(count, images.Count);
        var parts = Enumerable.Range(0, (int)chosen).Select(i => images.Inputs(i * images.Count / chosen, 1)).ToList();
        return cat(parts).MoveToOuterDisposeScope();
    }
}
