using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Runs;

namespace SparseHybrid.Cli.Commands;

/// <summary>An exported model of the demonstration and the run that it comes from.</summary>
internal sealed record DemoModel(string Name, string File, TrainingOutcome Run, ModelReport Export)
{
    public OnnxJson ToJson() => new(File, Export.Bytes, Export.MaxAbsDifference);

    public DemoRow ToRow(IReadOnlyList<(double, double)> latencies) =>
        new(Name, Run.Report.TestAccuracy, Run.Report.Sparsity, Export.Bytes, latencies);
}

/// <summary>The three models that the demonstration compares.</summary>
internal static class DemoModels
{
    /// <summary>The dense network, the sparse one with its zeros still stored, and the sparse one without its dead units.</summary>
    public static IReadOnlyList<DemoModel> Export(TrainingOutcome dense, TrainingOutcome sparse, Terminal terminal, CancellationToken cancellation)
    {
        (string Name, TrainingOutcome Run, ModelForm Form)[] plan =
        [
            ("dense", dense, ModelForm.Dense),
            ("sparse", sparse, ModelForm.Dense),
            ("shrunk", sparse, ModelForm.Shrunk),
        ];
        return terminal.While("Exporting to ONNX and comparing with libtorch ...", () => plan.Select(model =>
        {
            var file = ModelNames.In(model.Run.Path, model.Form);
            var options = new ExportPipelineOptions { Form = model.Form };
            return new DemoModel(model.Name, file, model.Run, ExportPipeline.Export(RunFolder.Open(model.Run.Path), file, options, null, cancellation));
        }).ToList());
    }
}
