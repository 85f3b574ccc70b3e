using System.CommandLine;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Runs;

namespace SparseHybrid.Cli.Commands;

/// <summary>Writes a trained run as an ONNX model, after ONNX Runtime has agreed with libtorch about it.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of a finished run." };

    private static readonly FormOptions Forms = new();

    private static readonly PrecisionOptions Precisions = new("Default: training images of the run's data.");

    private static readonly Setting<long> Opset = Settings.Whole(
        "--opset",
        new OnnxExportOptions().Opset,
        $"Version of the ONNX operator set, {OnnxExportOptions.OldestOpset} to {OnnxExportOptions.NewestOpset}. "
            + $"Default: {new OnnxExportOptions().Opset}.",
        OnnxExportOptions.OldestOpset,
        OnnxExportOptions.NewestOpset);

    private static readonly Option<bool> RawInputs = new("--raw-inputs")
    {
        Description = "The model normalises its inputs itself: it takes them as float32 numbers as the data store them (pixels from 0 to 255, the columns "
            + "of a table), and applications need not know means and deviations. Default: off, it wants what training fed it.",
    };

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FILE", "The .onnx file to write; one that exists is replaced. Default: RUN/<form>.onnx.");

    public static Command Create()
    {
        var command = new Command("export", "Writes a trained model as ONNX and compares it with libtorch on test images before it gets its name.")
        {
            Run,
        };
        foreach (var option in Forms.All.Concat(Precisions.All))
        {
            command.Add(option);
        }

        command.Add(Opset);
        command.Add(RawInputs);
        command.Add(Out);
        command.SetJob(Export);
        HelpWithExamples.Add(
            command,
            "./sparse export runs/lenet-300-100-20260131-120000",
            "./sparse export runs/lenet-300-100-20260131-120000 --precision int8",
            "./sparse export runs/lenet-300-100-20260131-120000 --form auto --raw-inputs --out app.onnx",
            "./sparse export runs/lenet-300-100-20260131-120000 --form dense --out dense.onnx --json");
        return command;
    }

    private static void Export(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var (path, form) = (result.GetValue(Run)!, Forms.Form(result));
        var file = Out.Read(result) ?? ModelNames.In(path, form, Precisions.Read(result));
        using var calibration = Precisions.Open(result);
        var settings = new ExportPipelineOptions
        {
            Onnx = new OnnxExportOptions { Opset = (int)Opset.Read(result) },
            TakesRawInputs = result.GetValue(RawInputs),
        };
        var options = Precisions.Apply(result, Forms.Apply(result, settings), calibration);
        var report = terminal.While(
            "Exporting and comparing with libtorch ...", progress => ExportPipeline.Export(RunFolder.Open(path), file, options, progress, cancellation));
        ModelSummary.Show(terminal, file, report);
        terminal.Json(ModelJson.Of(file, report));
    }
}
