// Shows a module and data of one's own: signals of a machine, healthy or with one of three faults, as plain arrays; a convolutional
// network with residual blocks that describes itself once and gets its forward pass and its ONNX form from that.
// Prints accuracy and zeros, the zeros of each layer, and how the exported files compare with the module.
//
//     dotnet run -c Release --project samples/OwnModule [EPOCHS] [FOLDER TO WRITE TO]

using OwnModule;
using SparseHybrid.Data;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Optim;
using SparseHybrid.Training;
using TorchSharp;

var epochs = args.Length > 0 ? int.Parse(args[0]) : 12;
var folder = args.Length > 1 ? args[1] : "own-module";
Directory.CreateDirectory(folder);

using var data = TrainAndTest.InMemory(Machine.Listen(2000, seed: 1), Machine.Listen(500, seed: 2));
torch.manual_seed(1);
using var model = new FaultDetector(Machine.Samples, Machine.States.Length);
var options = new SparseTrainerOptions { Epochs = epochs, BatchSize = 32 }.WithTargetSparsity(0.9);
var report = new SparseTrainer(model, options).Fit(data);

Console.WriteLine($"{report.TestAccuracy:P1} of the test signals are recognised. {report.TargetSparsity!.Explanation}");
foreach (var (name, parameter) in model.named_parameters())
{
    Console.WriteLine($"  {name,-20} [{string.Join(" x ", parameter.shape)}]  {Sparsity.ZeroFraction(parameter):P1} zeros");
}

foreach (var form in new[] { ModelForm.Dense, ModelForm.Shrunk, ModelForm.SparseWeights })
{
    var file = Path.Combine(folder, $"{ModelForms.NameOf(form)}.onnx");
    var export = ExportPipeline.Export(model, data.Test.InputShape, data.Test.Stored, file, new ExportPipelineOptions { Form = form });
    Console.WriteLine(
        $"{file}: {export.Bytes} bytes; on {export.SamplesCompared} signals no output differs by more than {export.MaxAbsDifference:g2} of up to {export.LargestOutput:g3}");
}
