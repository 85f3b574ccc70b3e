using SparseHybrid.Data;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Runs;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Report;

/// <summary>
/// Tells of training runs in one page: settings, curves, zeros and living units layer by layer, weights, size and speed of the forms
/// that the network can be shipped in, mistakes; of several runs also how they compare.
/// </summary>
public static class RunReport
{
    /// <summary>What the page is called where nobody chose a name.</summary>
    public const string FileName = "report.html";

    private const int MostMaskPixels = 1_200_000; // on the whole page, so that it stays below some megabytes

    /// <summary>Gathers what there is to say. Forms that are not beside a run yet are written there.</summary>
    /// <param name="paths">Run folders, at least one. A run that is not finished is shown as far as it has come.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told what is going on, a few words at a time.</param>
    /// <param name="cancellationToken">Stops at the next safe point; no page is made then.</param>
    /// <exception cref="ArgumentException">There is no run, or the options are out of range.</exception>
    /// <exception cref="SparseHybridException">A folder is not that of a run, or a file of it is damaged.</exception>
    public static HtmlPage Of(
        IReadOnlyList<string> paths, RunReportOptions? options = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        options ??= new RunReportOptions();
        options.Validate();
        List<RunFolder> folders = [.. paths.Select(RunFolder.Open)]; // all of them, before the work begins
        set_num_threads(options.Threads);
        var names = RunNames.Of([.. folders.Select(folder => folder.Path)]);
        using var gathering = new Gathering(options, MostMaskPixels / paths.Count, progress, cancellationToken);
        return RunPage.Of([.. folders.Zip(names, gathering.Examine)]);
    }

    /// <summary>Examines one run after the other. Owns the data that it has read last, which the next run often shares.</summary>
    private sealed class Gathering(RunReportOptions options, int maskPixels, IProgress<string>? progress, CancellationToken cancellation) : IDisposable
    {
        private TrainAndTest? data;

        public RunFindings Examine(RunFolder run, string name)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report($"{name}: reading");
            var findings = new RunFindings(run.Record)
            {
                Name = name,
                Path = run.Path,
                Epochs = run.ReadMetrics(),
            };
            if (!findings.IsDone)
            {
                return findings with { TestProblem = "The run is not finished: there is no trained network to judge." };
            }

            using var model = run.LoadModel();
            return WithForms(WithTest(WithWeights(findings, run, model), model), run, model);
        }

        public void Dispose() => data?.Dispose();

        private RunFindings WithWeights(RunFindings findings, RunFolder run, nn.Module<Tensor, Tensor> model)
        {
            var inspection = RunInspector.Inspect(run);
            var histograms = new List<WeightHistogram>();
            var masks = new List<LayerMask>();
            FilterSheet? filters = null;
            var mostPixels = maskPixels / Math.Max(1, inspection.Layers.Count);
            foreach (var layer in LayerWeights.Of(model, inspection.Layers))
            {
                filters ??= masks.Count == 0 ? FilterSheet.Of(layer, findings.Record.Model.InputShape) : null;
                histograms.Add(WeightHistogram.Of(layer));
                masks.Add(LayerMask.Of(layer, mostPixels));
            }

            return findings with
            {
                Layers = inspection.Layers,
                Remarks = inspection.Remarks,
                Histograms = histograms,
                Masks = masks,
                Filters = filters,
            };
        }

        private RunFindings WithTest(RunFindings findings, nn.Module<Tensor, Tensor> model)
        {
            try
            {
                var (name, images) = (findings.Name, findings.Record.Data.TestImages);
                progress?.Report($"{name}: judging {images} test images");
                return findings with { Test = TestFindings.Of(model, Data(findings.Record.Data), cancellation) };
            }
            catch (DataException error)
            {
                return findings with { TestProblem = $"The test data cannot be read. {error.What} {error.Why}" };
            }
        }

        private RunFindings WithForms(RunFindings findings, RunFolder run, nn.Module<Tensor, Tensor> model)
        {
            var forms = RunForms.Of(run, model, options, progress is null ? null : new Prefixed(progress, findings.Name), cancellation);
            if (!options.IsTimed)
            {
                return findings with { Forms = forms };
            }

            progress?.Report($"{findings.Name}: timing");
            var (timed, conditions) = RunForms.Time(run, forms, options, cancellation);
            return findings with { Forms = timed, Timing = conditions };
        }

        private TrainAndTest Data(DataDescription description)
        {
            if (data is null || data.Name != description.Name || data.Folder != description.Folder || description.Numpy is not null)
            {
                data?.Dispose();
                data = null;
                data = ImageDatasets.Load(description);
            }

            return data;
        }
    }

    private sealed class Prefixed(IProgress<string> progress, string name) : IProgress<string>
    {
        public void Report(string value) => progress.Report($"{name}: {value}");
    }
}
