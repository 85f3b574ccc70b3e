using SparseHybrid.Data;
using SparseHybrid.Deploy.Shrink;
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
    /// <param name="cancellationToken">Stops between two batches of the comparison; nothing is written then.</param>
    /// <exception cref="SparseHybridException">The run, its data, the model or the place to write is at fault; nothing is written.</exception>
    public static ExportReport Export(
        RunFolder run, string path, ExportPipelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new ExportPipelineOptions();
        options.Validate();
        using var model = run.LoadModel();
        using var data = ImageDatasets.Load(run.Record.Data);
        using var samples = data.Test.Inputs(0, Math.Min(data.Test.Count, options.MostSamples));
        return Export(model, run.Record.Model.InputShape, samples, path, options, cancellationToken);
    }

    /// <summary>Exports a module, compared on given samples.</summary>
    /// <param name="model">The module; not changed.</param>
    /// <param name="inputShape">The shape of one sample, without the batch dimension.</param>
    /// <param name="samples">[N, ...inputShape] float32 to compare on, N at least 1; real ones tell more than random ones.</param>
    /// <param name="path">The file to write; one that exists is replaced.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops between two batches of the comparison; nothing is written then.</param>
    /// <exception cref="ArgumentException">The options, the input shape or the samples are out of range.</exception>
    /// <exception cref="ExportException">
    /// The model cannot be exported, its outputs differ beyond the tolerance, or the file cannot be written; nothing is written then.
    /// </exception>
    public static ExportReport Export(
        nn.Module<Tensor, Tensor> model, long[] inputShape, Tensor samples, string path, ExportPipelineOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new ExportPipelineOptions();
        options.Validate();
        if (samples.shape[0] < 1)
        {
            throw new ArgumentException("There are no samples to compare on.", nameof(samples));
        }

        var kept = new List<Tensor>();
        try
        {
            var dense = OnnxExporter.Export(model, inputShape, options.Onnx, kept);
            var shrunk = options.Form == ExportForm.Shrunk ? ModelShrinker.Shrink(dense) : null;
            using var pending = new PendingModel(path, shrunk?.Model ?? dense, options.ExternalDataAbove);
            var result = Verify(model, samples, pending, path, options, cancellationToken);
            pending.Commit();
            return new ExportReport
            {
                File = Path.GetFullPath(path),
                Form = options.Form,
                Bytes = pending.Bytes,
                MaxAbsDifference = result.MaxAbsDifference,
                LargestOutput = result.LargestExpected,
                SamplesCompared = result.SamplesCompared,
                Layers = shrunk?.Layers ?? [],
            };
        }
        finally
        {
            kept.ForEach(tensor => tensor.Dispose());
        }
    }

    private static VerificationResult Verify(
        nn.Module<Tensor, Tensor> model, Tensor samples, PendingModel pending, string path, ExportPipelineOptions options,
        CancellationToken cancellationToken)
    {
        using var compared = samples.narrow(0, 0, Math.Min(samples.shape[0], options.MostSamples));
        var result = TorchVerifier.Compare(model, pending.Path, compared, options.Batch, cancellationToken);
        return result.MaxAbsDifference <= options.Tolerance * result.LargestExpected ? result : throw Differs(path, result, options.Tolerance);
    }

    private static ExportException Differs(string path, VerificationResult result, double tolerance) => new(
        null,
        $"'{path}' was not written: in ONNX Runtime the model computes something else than in libtorch.",
        $"Over {result.SamplesCompared} samples the outputs (up to {result.LargestExpected:g4}) differ by {result.MaxAbsDifference:g4}; "
            + $"{tolerance * result.LargestExpected:g4} is allowed.",
        "Check the weights for values that are not finite or very large, or allow a larger difference.");
}
