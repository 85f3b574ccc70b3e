// Trains LeNet-300-100 on Fashion-MNIST with adaptive xRDA in a few lines, and reports a line an epoch.
// Prints loss, accuracy and exact zeros, then the layers that are left.
//
//     dotnet run -c Release --project samples/TrainFashion [EPOCHS] [FOLDER OF THE IDX FILES]

using SparseHybrid.Data;
using SparseHybrid.Models;
using SparseHybrid.Optim;
using SparseHybrid.Training;
using TorchSharp;

var epochs = args.Length > 0 ? int.Parse(args[0]) : 5;
var folder = args.Length > 1 ? args[1] : null;

using var data = ImageDatasets.Load("fashion-mnist", folder);
torch.manual_seed(1);
using var model = ModelCatalog.Create("lenet-300-100", data.Train.Classes, data.Train.InputShape);
var options = new SparseTrainerOptions { Epochs = epochs }.WithStrength(5e-6);

var report = new SparseTrainer(model, options, callbacks: [new EpochLines()]).Fit(data);

Console.WriteLine($"{report.StopExplanation} {report.Nonzeros} of {report.Parameters} parameters are not zero.");
foreach (var (name, parameter) in model.named_parameters())
{
    Console.WriteLine($"  {name,-12} [{string.Join(" x ", parameter.shape)}]  {Sparsity.ZeroFraction(parameter):P1} zeros");
}

/// <summary>Prints what each epoch ended with.</summary>
internal sealed class EpochLines : ITrainerCallback
{
    public bool OnEpochEnd(EpochSummary epoch)
    {
        Console.WriteLine($"epoch {epoch.Epoch}: loss {epoch.TrainLoss:0.000}, accuracy {epoch.TestAccuracy:P1}, zeros {epoch.Sparsity:P1}");
        return true;
    }
}
