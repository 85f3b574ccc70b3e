using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Runs;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>The forms of a trained network, as files beside its run: found or made, and timed.</summary>
internal static class RunForms
{
    /// <summary>
    /// Every form that there is. One that is there with a certificate of just these weights is taken as it is. Files of lower precision, as
    /// <c>export --precision int8</c> writes, are shown where they are there.
    /// </summary>
    /// <param name="run">A finished run.</param>
    /// <param name="model">Its network.</param>
    /// <param name="options">Whether the others are exported; else they are shown as missing.</param>
    /// <param name="progress">Told what is going on.</param>
    /// <param name="cancellation">Stops an export.</param>
    public static IReadOnlyList<FormFindings> Of(
        RunFolder run, nn.Module<Tensor, Tensor> model, RunReportOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        var weights = WeightsOf(model, run.Record.Model.InputShape);
        var forms = ModelForms.All.Select(form => Find(run, form, weights) ?? (options.MakesForms ? Make(run, form, options, progress, cancellation) : Missing(run, form)));
        return [.. forms, .. OfLowerPrecision(run, weights)];
    }

    /// <summary>Times the forms that are there, taking turns between them.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="forms">Its forms.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops between two runs of a model.</param>
    public static (IReadOnlyList<FormFindings> Forms, TimingConditions? Conditions) Time(
        RunFolder run, IReadOnlyList<FormFindings> forms, RunReportOptions options, CancellationToken cancellation)
    {
        string[] files = [.. forms.Where(form => form.File is not null).Select(form => Path.Combine(run.Path, form.File!))];
        if (files.Length == 0)
        {
            return (forms, null);
        }

        var report = InferenceBenchmark.Run(
            new BenchmarkOptions
            {
                Models = files,
                Batch = options.Batch,
                Threads = options.Threads,
                SecondsPerModel = options.SecondsPerForm,
                AllowDifferentOutputs = true, // each was compared with libtorch already
            },
            cancellationToken: cancellation);
        var timings = report.Results.ToDictionary(timing => Path.GetFileName(timing.Model), timing => timing);
        return (
            [.. forms.Select(form => form.File is null ? form : form with { Timing = Timing(timings[form.File]) })],
            new TimingConditions(report.Environment, options.Threads, options.Batch, [.. report.Warnings.Select(warning => warning.Replace(run.Path + "/", "", StringComparison.Ordinal))]));
    }

    private static FormTiming Timing(ModelTiming timing) => new(timing.Latency, timing.PerSecond, timing.Speedup, timing.LoadMilliseconds);

    private static string FileOf(RunFolder run, ModelForm form) => Path.Combine(run.Path, $"{ModelForms.NameOf(form)}.onnx");

    private static FormFindings? Find(RunFolder run, ModelForm form, string? weights)
    {
        var (file, name) = (FileOf(run, form), ModelForms.NameOf(form));
        return Certificate.Find(file) is { } certificate
            && (certificate.Form, certificate.Precision, certificate.Original.WeightsSha256) == (name, ModelPrecision.NameOf(Precision.Float32), weights)
            ? new FormFindings(name, Path.GetFileName(file), ModelBytes.Of(file), certificate, Problem: null)
            : null;
    }

    private static IEnumerable<FormFindings> OfLowerPrecision(RunFolder run, string? weights) =>
        (from file in Directory.EnumerateFiles(run.Path, "*.onnx").Order(StringComparer.Ordinal)
         let certificate = Certificate.Find(file)
         where certificate?.Original.WeightsSha256 == weights
         let name = $"{certificate.Form}, {certificate.Precision}"
         select new FormFindings(name, Path.GetFileName(file), ModelBytes.Of(file), certificate, Problem: null))
        .Where(form => !form.IsFloat32).DistinctBy(form => form.Form);

    private static FormFindings Missing(RunFolder run, ModelForm form)
    {
        var (file, name) = (FileOf(run, form), ModelForms.NameOf(form));
        var why = File.Exists(file) ? $"{Path.GetFileName(file)} has no certificate of this run's weights" : "not exported yet";
        return new FormFindings(name, null, null, null, $"{why}; ./sparse export {run.Path} --form {name} makes it.");
    }

    private static FormFindings Make(
        RunFolder run, ModelForm form, RunReportOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        var (file, name) = (FileOf(run, form), ModelForms.NameOf(form));
        progress?.Report($"exporting as {name} and comparing with libtorch");
        try
        {
            var report = ExportPipeline.Export(run, file, new ExportPipelineOptions { Form = form, Threads = options.Threads }, progress: null, cancellation);
            return new FormFindings(name, Path.GetFileName(file), report.Bytes, report.Certificate, Problem: null);
        }
        catch (SparseHybridException error)
        {
            return new FormFindings(name, null, null, null, $"{error.What} {error.Why}");
        }
    }

    // What the certificates of these weights say they were made of; null for a network that cannot be exported.
    private static string? WeightsOf(nn.Module<Tensor, Tensor> model, long[] inputShape)
    {
        var kept = new List<Tensor>();
        try
        {
            return WeightsHash.Of(OnnxExporter.Export(model, inputShape, new OnnxExportOptions(), kept));
        }
        catch (ExportException)
        {
            return null;
        }
        finally
        {
            kept.ForEach(tensor => tensor.Dispose());
        }
    }
}
