using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Models;
using SparseHybrid.Runs;

namespace SparseHybrid.Cli.Commands;

/// <summary>Shows what a model is made of, layer by layer.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Model = new("MODEL")
    {
        Description = $"The folder of a finished run, an .onnx file, or the name of a network: {Words.Alternatives(ModelCatalog.Names)}.",
    };

    private static readonly Setting<long[]?> Input = Settings.Sizes(
        "--input",
        "Sizes of one input without the batch, as 3x224x224, for networks by name and .onnx files that leave them open. Default: what a run or "
            + "file says; 1x28x28 for mlp and the LeNets, 3x32x32 for other networks.");

    private static readonly Setting<long> Classes = Settings.Whole(
        "--classes", 10, "Classes of a network given by its name, 2 or more. Default: 10.", least: 2, most: 1_000_000);

    public static Command Create()
    {
        var command = new Command("inspect", "Counts zeros, dead filters, multiplications and bytes of a model, layer by layer.") { Model, Input, Classes };
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse inspect runs/lenet-300-100-20260131-120000",
            "./sparse inspect model.onnx --input 3x224x224 --json",
            "./sparse inspect mobilenet-v1 --input 3x224x224 --classes 1000");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var (name, input) = (result.GetValue(Model)!, Input.Read(result));
        var found = terminal.While($"Looking at {name} ...", () => Inspect(name, input, (int)Classes.Read(result)));
        cancellation.ThrowIfCancellationRequested();
        if (!terminal.IsJson)
        {
            InspectionTable.Show(terminal, found);
        }

        terminal.Json(new InspectJson(name, found.Layers, found.Totals, found.Remarks));
    }

    private static ModelInspection Inspect(string name, long[]? input, int classes)
    {
        try
        {
            return Directory.Exists(name) ? RunInspector.Inspect(RunFolder.Open(name))
                : !File.Exists(name) && ModelCatalog.Names.Contains(name) ? RunInspector.Inspect(new ModelDescription(name, classes, input ?? PublishedInput(name)))
                : File.Exists(name) || name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? ModelInspector.Inspect(name, new InspectionOptions { SampleShape = input })
                : throw new UsageException(
                    $"MODEL is '{name}', which is no folder, no file and no network.", $"Give a run folder, an .onnx file, or {Words.Alternatives(ModelCatalog.Names)}.");
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, "Give --input other sizes.");
        }
    }

    private static long[] PublishedInput(string name) => name is "mlp" or "lenet-300-100" or "lenet-5" ? [1, 28, 28] : [3, 32, 32];
}
