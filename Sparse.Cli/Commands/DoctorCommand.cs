using System.CommandLine;
using SparseHybrid.Cli.Doctor;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using Spectre.Console;

namespace SparseHybrid.Cli.Commands;

/// <summary>What this machine has of what sparse needs, and what to do about the rest.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Looks for libtorch, CUDA, ONNX Runtime, packages and data, and says what to do about what is missing.");
        command.SetJob((_, terminal, _) => Run(terminal));
        HelpWithExamples.Add(command, "./sparse doctor", "./sparse doctor --json");
        return command;
    }

    private static void Run(Terminal terminal)
    {
        var libTorch = LibTorchFindings.LibTorch();
        Finding[] findings =
        [
            MachineFindings.Processors(),
            MachineFindings.Memory(),
            libTorch,
            LibTorchFindings.Cuda(libTorch.IsFound),
            OnnxRuntimeFindings.OnnxRuntime(),
            OnnxRuntimeFindings.Cuda(LibTorchFindings.HasNvidiaDriver),
            PackageFindings.Packages(),
            DataFindings.Data(),
        ];
        var advice = findings.Where(finding => finding.Advice is not null).Select(finding => Installation.InText($"{finding.Name}: {finding.Advice}")).ToArray();
        Show(terminal, findings, advice);
        var json = findings.ToDictionary(finding => finding.Key, finding => finding.Details);
        json.Add("advice", advice);
        terminal.Json(json);
    }

    private static void Show(Terminal terminal, IReadOnlyList<Finding> findings, IReadOnlyList<string> advice)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var finding in findings)
        {
            var mark = finding.IsFound ? "[green]found[/]" : finding.Advice is null ? "[grey]none[/]" : "[red]missing[/]";
            grid.AddRow(new Markup(mark), new Text(finding.Name), new Text(finding.Description));
        }

        terminal.Table(grid);
        terminal.Line();
        terminal.Line(advice.Count == 0 ? "Nothing needs doing: ./sparse demo will run." : "What to do:");
        foreach (var line in advice)
        {
            terminal.Line($"  {line}");
        }
    }
}
