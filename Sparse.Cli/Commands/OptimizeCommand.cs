using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;

namespace SparseHybrid.Cli.Commands;

/// <summary>Makes any .onnx model smaller or faster, after ONNX Runtime has found that it still computes the same.</summary>
internal static class OptimizeCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The .onnx file, whoever wrote it." };

    private static readonly FormOptions Forms = new();

    private static readonly PrecisionOptions Precisions = new("Default: none; int8 needs it.");

    private static readonly SampleOptions Samples = new();

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FILE", "The .onnx file to write; one that exists is replaced. Default: beside MODEL, NAME.<form>.onnx.");

    public static Command Create()
    {
        var command = new Command(
            "optimize", "Optimises any .onnx model and compares it with the original in ONNX Runtime before it gets its name.") { Model };
        foreach (var option in Forms.All.Concat(Precisions.All).Concat(Samples.All))
        {
            command.Add(option);
        }

        command.Add(Out);
        command.SetJob(Optimize);
        HelpWithExamples.Add(
            command,
            "./sparse optimize model.onnx",
            "./sparse optimize model.onnx --form auto --batch 16 --threads 4",
            "./sparse optimize model.onnx --precision int8 --calibration images.npy",
            "./sparse optimize model.onnx --round-to 8 --input images.npz --out smaller.onnx --json");
        return command;
    }

    private static void Optimize(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var (path, form, precision) = (result.GetValue(Model)!, Forms.Form(result), Precisions.Read(result));
        var file = Out.Read(result) ?? ModelNames.Beside(path, form, precision);
        if (Path.GetFullPath(file) == Path.GetFullPath(path))
        {
            throw new UsageException($"--out '{file}' is the model itself.", "Choose another name: the original is what the result is compared with.");
        }

        using var calibration = Precisions.Open(result);
        if (precision == Precision.Int8 && calibration is null && !ModelForms.MayHaveKernels(form))
        {
            throw new UsageException(
                "--precision int8 needs samples to see the ranges of the values on.", "Say --calibration: a .npy file of typical inputs, or a data set.");
        }

        using var inputs = Samples.Open(result, calibration);
        var options = Samples.Apply(
            result, Forms.Apply(result, Precisions.Apply(result, new OptimizeOptions { Inputs = inputs.Source }, calibration)));
        var report = terminal.While(
            "Optimising and comparing with the original ...", progress => OptimizePipeline.Optimize(path, file, options, progress, cancellation));
        ModelSummary.Show(terminal, file, report);
        terminal.Json(ModelJson.Of(file, report));
    }
}
