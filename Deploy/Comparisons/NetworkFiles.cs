using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Verify;
using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Comparisons;

/// <summary>The networks of a comparison as ONNX files beside their runs, and how long these take.</summary>
internal sealed class NetworkFiles(ComparisonFolder folder, ComparisonMeasurementOptions options)
{
    /// <summary>Exports the network of a run, compared with libtorch.</summary>
    /// <param name="run">Its folder, relative to that of the comparison.</param>
    /// <param name="form">The form.</param>
    /// <param name="cancellationToken">Stops between two batches of the comparison.</param>
    public ModelReport Export(string run, ModelForm form, CancellationToken cancellationToken) =>
        Export(run, ModelForms.NameOf(form), new ExportPipelineOptions { Form = form }, cancellationToken);

    /// <summary>Times a network at every batch, in turns with the dense one; auto is chosen for each batch.</summary>
    public IReadOnlyList<MeasuredBatch> Measure(WantedNetwork wanted, ModelReport dense, CancellationToken cancellationToken)
    {
        var run = wanted.Run.Result.Run;
        var common = wanted.Form == ModelForm.Auto ? null : Export(run, wanted.Form, cancellationToken);
        return [.. options.Batches.Select(batch => Time(common ?? ExportFor(batch, run, cancellationToken), dense, batch, cancellationToken))];
    }

    private ModelReport ExportFor(int batch, string run, CancellationToken cancellationToken) => Export(
        run,
        $"{ModelForms.NameOf(ModelForm.Auto)}-batch-{batch}",
        new ExportPipelineOptions { Form = ModelForm.Auto, Threads = options.Threads, Batches = [batch, .. VerificationPlan.DefaultBatches.Except([batch])] },
        cancellationToken);

    private ModelReport Export(string run, string name, ExportPipelineOptions settings, CancellationToken cancellationToken)
    {
        using var opened = RunFolder.Open(folder.FileOf(run));
        return ExportPipeline.Export(opened, Path.Combine(opened.Path, $"{name}.onnx"), settings, progress: null, cancellationToken);
    }

    private MeasuredBatch Time(ModelReport model, ModelReport dense, int batch, CancellationToken cancellationToken)
    {
        var timed = InferenceBenchmark.Run(
            new BenchmarkOptions
            {
                Models = [dense.File, model.File],
                Batch = batch,
                Threads = options.Threads,
                SecondsPerModel = options.SecondsPerModel,
                Rounds = options.Rounds,
                AllowDifferentOutputs = true, // these are networks of different weights; each was compared with libtorch
            },
            cancellationToken: cancellationToken);
        return new MeasuredBatch(
            batch,
            Path.GetRelativePath(folder.Path, model.File),
            model.Bytes,
            dense.Bytes,
            model.MaxAbsDifference,
            model.LargestOutput,
            model.SamplesCompared,
            Latency(timed.Results[1]),
            Latency(timed.Results[0]),
            timed.ProcessorsUsedByOthers);
    }

    private static MeasuredLatency Latency(ModelTiming timing) => new(timing.Latency.Runs, timing.Latency.MedianMicroseconds, timing.Latency.SpreadMicroseconds);
}
