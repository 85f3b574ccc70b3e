// Shows the whole line in 40 lines: LeNet-300-100 is trained on Fashion-MNIST until 95 % of its weights are zero, exported to ONNX
// as it is (dense), without its dead units (shrunk) and as runs fastest here (auto), and timed in ONNX Runtime.
// Prints accuracy and zeros, what each file was compared with, then its size, its median time for 64 images, and the ratio to dense.
//
//     dotnet run -c Release --project samples/TrainAndDeploy [EPOCHS] [FOLDER OF THE IDX FILES] [FOLDER TO WRITE TO]

using SparseHybrid.Data;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Models;
using SparseHybrid.Training;
using TorchSharp;

var epochs = args.Length > 0 ? int.Parse(args[0]) : 6;
var folder = args.Length > 2 ? args[2] : "train-and-deploy";
Directory.CreateDirectory(folder);

// Train.
using var data = ImageDatasets.Load("fashion-mnist", args.Length > 1 ? args[1] : null);
torch.manual_seed(1);
using var model = ModelCatalog.Create("lenet-300-100", data.Train.Classes, data.Train.InputShape);
var options = new SparseTrainerOptions { Epochs = epochs }.WithTargetSparsity(0.95);
var training = new SparseTrainer(model, options).Fit(data);
Console.WriteLine($"{training.TestAccuracy:P1} of the test images are classified rightly. {training.TargetSparsity!.Explanation}");

// Export. A file gets its name once ONNX Runtime has computed the same as libtorch on these images.
using var images = data.Test.Inputs(0, Math.Min(1000, data.Test.Count));
var files = new List<string>();
var written = new ExportPipelineOptions { Batches = [64, 1], Onnx = new OnnxExportOptions { ClassNames = data.ClassNames } };
foreach (var form in new[] { ModelForm.Dense, ModelForm.Shrunk, ModelForm.Auto })
{
    var file = Path.Combine(folder, $"{ModelForms.NameOf(form)}.onnx");
    var export = ExportPipeline.Export(model, data.Test.InputShape, images, file, written with { Form = form });
    Console.WriteLine($"{file}: on {export.SamplesCompared} images no output differs by more than {export.MaxAbsDifference:g2} from libtorch's");
    files.Add(file);
}

// Measure: the files take turns.
var timing = InferenceBenchmark.Run(new BenchmarkOptions { Models = files, Batch = 64, SecondsPerModel = 1 });
foreach (var result in timing.Results)
{
    Console.WriteLine($"{result.Model}: {result.FileBytes} bytes, {result.Latency.MedianMicroseconds:0.0} us, {result.Speedup:0.00} times as fast as dense");
}
